import Evaluation
import Glibc
import Testing

@testable import GageConfiguration

/// A configuration to test with, and the components that it may name.
struct Configuration: Sendable, CustomTestStringConvertible {
    /// The path below the checkout.
    var name: String
    var text: String
    var registry: Registry

    var testDescription: String { name }

    func load(_ changed: String? = nil) -> LoadResult {
        ConfigurationLoader(registry: registry, environment: [:], baseDirectory: Fixtures.directory)
            .load(text: changed ?? text, file: name)
    }

    /// The fixtures with their typed stand-ins, and every YAML that the project ships with components that take
    /// anything: those of the kits are not known here.
    static let all: [Configuration] = fixtures + shipped

    static let fixtures = Fixtures.names.compactMap { name -> Configuration? in
        read("\(Fixtures.directory)/\(name).yaml").map {
            Configuration(name: "\(name).yaml", text: $0, registry: StandInKit.registry)
        }
    }

    static let shipped = files(below: "\(Fixtures.directory)/../../config").compactMap { path -> Configuration? in
        guard let text = read(path) else { return nil }
        var configuration = Configuration(name: path, text: text, registry: Registry(kits: []))
        guard let document = configuration.load().document?.written, document["datasets"] != nil else { return nil }
        configuration.registry = Registry(kits: [CoveringKit(document)])
        return configuration
    }

    private static func read(_ path: String) -> String? {
        do throws(ConfigurationFile.Problem) {
            return try ConfigurationFile.read(path)
        } catch {
            print("not tested: \(error.message)")
            return nil
        }
    }

    private static func files(below directory: String) -> [String] {
        guard let handle = opendir(directory) else { return [] }
        defer { closedir(handle) }
        var found: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard !name.hasPrefix(".") else { continue }
            if entry.pointee.d_type == UInt8(DT_DIR) {
                found += files(below: "\(directory)/\(name)")
            } else if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
                found.append("\(directory)/\(name)")
            }
        }
        return found.sorted()
    }
}

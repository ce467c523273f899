import Datasets
import Evaluation
import FoundationEssentials
import Glibc
import JSON
import Testing

/// A directory that lives as long as the value.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/gage-datasets-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        // What cannot be removed stays in /tmp.
        try? FileManager.default.removeItem(atPath: path)
    }

    func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

    func read(_ name: String) throws -> String {
        let data = try #require(FileManager.default.contents(atPath: path + "/" + name), "no file \(name)")
        return String(decoding: data, as: UTF8.self)
    }

    func has(_ name: String) -> Bool { access(path + "/" + name, F_OK) == 0 }

    func write(_ bytes: [UInt8], to name: String) throws {
        if let cut = name.lastIndex(of: "/") {
            try FileManager.default.createDirectory(
                atPath: path + "/" + name[..<cut], withIntermediateDirectories: true)
        }
        let file = try #require(fopen(path + "/" + name, "wb"))
        defer { fclose(file) }
        try #require(fwrite(bytes, 1, bytes.count, file) == bytes.count)
    }
}

/// Decodes parameters, makes the loader from the registry and reads everything.
struct Loading {
    let directory: TemporaryDirectory
    let loader: String

    init(_ loader: String) throws {
        self.loader = loader
        directory = try TemporaryDirectory()
    }

    func open(_ parameters: JSONObject) async throws -> Dataset {
        var diagnostics = Diagnostics()
        let registry = Registry(kits: [LocalDatasetsKit()])
        let node = ConfigNode(
            json: .object(parameters), location: SourceLocation(file: "suite.yaml", line: 1, column: 1), path: "params")
        let made = try #require(registry.datasetLoaders[loader]).make(from: node, into: &diagnostics)
        let loader = try #require(made, "\(diagnostics.all)")
        return try await loader.open(
            in: DatasetContext(datasetID: "data", baseDirectory: directory.path, seed: 1, environment: [:]))
    }

    func records(_ parameters: JSONObject) async throws -> [DatasetRecord] {
        var records: [DatasetRecord] = []
        for try await record in try await open(parameters).records { records.append(record) }
        return records
    }

    /// The records of a file with this text.
    func records(
        of text: String, _ parameters: JSONObject = [:], name: String = "data"
    ) async throws -> [DatasetRecord] {
        try directory.write(Array(text.utf8), to: name)
        return try await records(parameters.merging(["path": .string(name)]))
    }

    /// The error that a file with this text gives.
    func error(of text: String, _ parameters: JSONObject = [:], name: String = "data") async throws -> EvaluationError {
        let error = await #expect(throws: EvaluationError.self) {
            try await records(of: text, parameters, name: name)
        }
        return try #require(error)
    }
}

/// A gzip member that holds bytes without compressing them.
func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var packed: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    let blocks = stride(from: 0, to: max(bytes.count, 1), by: 65_535).map { bytes[$0..<min($0 + 65_535, bytes.count)] }
    for (place, block) in blocks.enumerated() {
        let count = UInt16(block.count)
        packed.append(place == blocks.count - 1 ? 1 : 0)
        packed += [UInt8(count & 255), UInt8(count >> 8), UInt8(~count & 255), UInt8(~count >> 8)]
        packed += block
    }
    var check: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
        check ^= UInt32(byte)
        for _ in 0..<8 { check = check & 1 == 0 ? check >> 1 : check >> 1 ^ 0xEDB8_8320 }
    }
    for word in [~check, UInt32(bytes.count)] {
        packed += [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
    }
    return packed
}

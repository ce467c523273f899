import Glibc
import JSON
import Processes

/// The `gage` executable that was built beside these tests.
enum GageBinary {
    /// Where it lies: in the build folder of the test bundle.
    static let path: String = {
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? executablePath
        let folder = bundle.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        return folder.joined(separator: "/") + "/gage"
    }()

    /// The project's root, four folders above this file.
    static let root: String = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        .dropLast(3).joined(separator: "/")

    /// The reference data, where it is to be had.
    static let reference: String? = {
        let candidates = [getenv("GAGE_REFERENCE").map { String(cString: $0) }, root + "/../shared/reference"]
        return candidates.compactMap { $0 }.first { access($0 + "/tau2/retail/db.json", R_OK) == 0 }
    }()

    /// A command line of gage's, run in the project's root unless told otherwise.
    static func command(
        _ arguments: [String], in directory: String? = nil, environment: [String: String] = [:]
    ) -> ProcessCommand {
        var command = ProcessCommand(path, arguments)
        command.workingDirectory = directory ?? root
        command.environment = .inheritAdding(environment.merging(["NO_COLOR": "1"]) { given, _ in given })
        command.deadline = .seconds(300)
        return command
    }

    /// Runs gage to its end.
    static func run(
        _ arguments: String..., in directory: String? = nil, environment: [String: String] = [:]
    ) async throws -> ProcessResult {
        try await Processes.run(command(arguments, in: directory, environment: environment))
    }

    private static var executablePath: String {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        return String(decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

extension ProcessResult {
    /// The exit code, or 128 + the signal.
    var code: Int32 {
        switch termination {
        case .exited(let code): code
        case .signalled(let signal): 128 + signal
        }
    }

    /// What was printed for programs and pipes.
    var output: String { standardOutput.text }

    /// What was printed for people.
    var complaint: String { standardError.text }
}

/// A directory that goes away with the test.
struct TemporaryDirectory: ~Copyable {
    /// Its path.
    let path: String

    /// Makes one.
    init() throws {
        var template = Array("/tmp/gage-tests-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw TemporaryDirectoryError(errno: errno) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Reads a file in it as JSON.
    func json(_ name: String) throws -> JSONValue {
        try JSONValue.parse(text(name))
    }

    /// Reads a file in it as text.
    func text(_ name: String) throws -> String {
        guard let file = fopen("\(path)/\(name)", "r") else { throw TemporaryDirectoryError(errno: errno) }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
            bytes.append(contentsOf: buffer.prefix(count))
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Writes a file in it.
    func write(_ text: String, to name: String) throws {
        guard let file = fopen("\(path)/\(name)", "w") else { throw TemporaryDirectoryError(errno: errno) }
        defer { fclose(file) }
        let bytes = Array(text.utf8)
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw TemporaryDirectoryError(errno: errno) }
    }

    deinit { Self.remove(path) }

    /// Removes a file or a whole directory; links are not followed.
    ///
    /// What cannot be removed stays in /tmp.
    private static func remove(_ path: String) {
        if let folder = opendir(path) {
            while let entry = readdir(folder) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                guard name != ".", name != ".." else { continue }
                if entry.pointee.d_type == UInt8(DT_DIR) {
                    remove("\(path)/\(name)")
                } else {
                    unlink("\(path)/\(name)")
                }
            }
            closedir(folder)
        }
        rmdir(path)
    }
}

/// A directory or file that could not be made or read.
struct TemporaryDirectoryError: Error {
    let errno: Int32
}

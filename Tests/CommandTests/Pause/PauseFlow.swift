import Glibc
import JSON
import Processes
import Testing

/// What the tests of `gage pause` share: task files, routes, runs.
enum PauseFlow {
    /// A generated user with one task of each branch: made once, for all tests.
    static let tasks = Task { () async throws -> String in
        let directory = "\(scratch)/tasks"
        let result = try await GageBinary.run(
            "pause", "generate-tasks", "--user_num", "1", "--runs_per_branch", "1", "--rng_seed", "46", "--output_dir",
            directory)
        #expect(result.code == 0, "\(result.complaint)")
        return directory
    }

    /// A directory of this test process.
    private static let scratch: String = {
        var template = Array("/tmp/gage-pause-XXXXXX".utf8CString)
        return mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
    }()

    /// A file as JSON.
    static func log(_ path: String) throws -> JSONValue { try JSONValue.parse(bytes: bytes(path)) }

    /// The JSON files of a directory.
    static func files(_ path: String) -> [String] { names(path).filter { $0.hasSuffix(".json") } }

    /// What is in a directory; nothing where there is none.
    static func names(_ path: String) -> [String] {
        guard let handle = opendir(path) else { return [] }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// A routes file that has these scripted assistants attempt every task.
    static func routes(_ assistants: String...) -> String {
        let lines = assistants.map { "{assistant_model: \($0)}" }.joined(separator: ", ")
        return "routes: {traj: [\(lines)], inference_traj: [\(lines)], annotators: [{model: rule_judge}]}\n"
    }

    private static func bytes(_ path: String) throws -> [UInt8] {
        guard let file = fopen(path, "r") else { throw PauseFlowError(path: path) }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
        }
    }
}

/// A file that is not there.
struct PauseFlowError: Error {
    let path: String
}

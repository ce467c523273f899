import Evaluation
import FoundationEssentials
import Glibc
import JSON
import Storage

/// Reads and writes the small files of training and evaluation, with errors that name the path.
enum ProactiveFiles {
    /// A policy's weights are some 100 kB, a details file some MB.
    private static let largest = 1 << 28

    static func write(_ value: JSONValue, to path: String) throws(EvaluationError) {
        try RunDirectory.writeReport(bytes(of: value), to: path)
    }

    static func write(_ files: [String: [UInt8]], to directory: String) throws(EvaluationError) {
        for (name, bytes) in files { try RunDirectory.writeReport(bytes, to: "\(directory)/\(name)") }
    }

    /// A JSON file for people.
    static func bytes(of value: JSONValue) -> [UInt8] { value.bytes(.pretty) + [UInt8(ascii: "\n")] }

    static func write(_ text: String, to path: String) throws(EvaluationError) {
        try RunDirectory.writeReport(Array(text.utf8), to: path)
    }

    /// The file's bytes; an error of cause `configuration` where it cannot be read.
    static func bytes(_ path: String, advice: String? = nil) throws(EvaluationError) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw EvaluationError(
                .dataMissing, "'\(path)' cannot be read", cause: .configuration, advice: advice)
        }
        guard data.count <= largest else {
            throw EvaluationError(.dataMalformed, "'\(path)' has more than \(largest) bytes", cause: .task)
        }
        return Array(data)
    }

    static func json(_ path: String, advice: String? = nil) throws(EvaluationError) -> JSONValue {
        do {
            return try JSONValue.parse(bytes: try bytes(path, advice: advice))
        } catch let error as EvaluationError {
            throw error
        } catch let error as JSONParsingError {
            throw EvaluationError(
                .dataMalformed, "'\(path)' is not JSON: \(error.message)", cause: .task,
                location: SourceLocation(file: path, line: error.line, column: error.column))
        } catch {
            throw EvaluationError(.dataMalformed, "'\(path)' is not JSON", cause: .task, underlying: error)
        }
    }

    /// Lines of JSON, one value each.
    static func jsonLines(_ values: [JSONValue]) -> String {
        values.map { $0.text() + "\n" }.joined()
    }

    /// The names in a directory in order; nil where it is none.
    static func names(in path: String) -> [String]? {
        // What cannot be listed is no directory to us.
        (try? FileManager.default.contentsOfDirectory(atPath: path))?.sorted()
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func isExecutable(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
    }

    static func makeDirectory(_ path: String) throws(EvaluationError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            let isFile = exists(path)
            throw EvaluationError(
                .storageFailed,
                "the directory '\(path)' cannot be made\(isFile ? ": there is a file of this name" : "")",
                cause: .configuration, advice: "name a directory that you may write to")
        }
    }

    /// A path that holds wherever a program runs.
    static func absolute(_ path: String) -> String {
        guard !path.hasPrefix("/"), let start = getcwd(nil, 0) else { return path }
        defer { free(start) }
        return "\(String(cString: start))/\(path)"
    }

    /// A new directory that nobody else has.
    static func temporaryDirectory() throws(EvaluationError) -> String {
        var template = Array("\(FileManager.default.temporaryDirectory.path)/gage-proactive-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw EvaluationError(.storageFailed, "no temporary directory can be made", cause: .gage)
        }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Lets the owner run a file.
    static func makeExecutable(_ path: String) throws(EvaluationError) {
        guard chmod(path, 0o755) == 0 else {
            throw EvaluationError(.storageFailed, "'\(path)' cannot be made executable", cause: .gage)
        }
    }
}

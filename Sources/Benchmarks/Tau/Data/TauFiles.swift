import Evaluation
import FoundationEssentials
import JSON

/// Reads files of a data directory and writes results, with errors that say which file and what to do.
struct TauFiles: Sendable {
    /// What to do about a file that is not there.
    let advice: String
    /// Who is at fault when a file is not there.
    var missingCause = Cause.task

    /// Whether a directory is there.
    static func isDirectory(_ path: String) -> Bool {
        var isDirectory: Bool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory
    }

    /// Whether a file is there.
    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: path)
    }

    /// The bytes of a file.
    func bytes(_ path: String) throws(EvaluationError) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw EvaluationError(.dataMissing, "\(path) cannot be read", cause: missingCause, advice: advice)
        }
        return [UInt8](data)
    }

    /// The text of a file.
    func text(_ path: String) throws(EvaluationError) -> String {
        String(decoding: try bytes(path), as: UTF8.self)
    }

    /// The JSON of a file.
    func json(_ path: String) throws(EvaluationError) -> JSONValue {
        let bytes = try bytes(path)
        do {
            return try JSONValue.parse(bytes: bytes, options: .init(allowsNonFiniteNumbers: true))
        } catch {
            throw EvaluationError(.dataMalformed, "\(path) is not JSON", cause: .task, underlying: error)
        }
    }

    /// The folder that a file is in.
    static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }

    /// Writes a file, whole or not at all, and makes its folder where there is none.
    ///
    /// Throws ``EvaluationError`` (`gage.storage`).
    static func write(_ bytes: some Sequence<UInt8>, to path: String) throws(EvaluationError) {
        let folder = folder(of: path)
        do {
            if !folder.isEmpty {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            }
            try Data(bytes).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw EvaluationError(.storageFailed, "\(path) cannot be written", cause: .gage, underlying: error)
        }
    }
}

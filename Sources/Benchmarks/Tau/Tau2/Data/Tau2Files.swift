import Evaluation
import FoundationEssentials
import JSON

/// Reads files of a data directory, with errors that say which file and what to do.
enum Tau2Files {
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
    static func bytes(_ path: String) throws(EvaluationError) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw EvaluationError(
                .dataMissing, "\(path) cannot be read", cause: .task,
                advice: "put the official tau2 data there, or point 'data_dir' or TAU2_DATA_DIR at them")
        }
        return [UInt8](data)
    }

    /// The text of a file.
    static func text(_ path: String) throws(EvaluationError) -> String {
        String(decoding: try bytes(path), as: UTF8.self)
    }

    /// The JSON of a file.
    static func json(_ path: String) throws(EvaluationError) -> JSONValue {
        let bytes = try bytes(path)
        do {
            return try JSONValue.parse(bytes: bytes, options: .init(allowsNonFiniteNumbers: true))
        } catch {
            throw EvaluationError(.dataMalformed, "\(path) is not JSON", cause: .task, underlying: error)
        }
    }

    /// The values of a TOML file.
    static func toml(_ path: String) throws(EvaluationError) -> JSONValue {
        let bytes = try bytes(path)
        do {
            return try TOMLReader.read(bytes)
        } catch {
            throw EvaluationError(.dataMalformed, "\(path) is not TOML", cause: .task, underlying: error)
        }
    }
}

import Datasets
import Evaluation
import JSON

/// Reads files of a tau2 data directory, with errors that say which file and what to do.
enum Tau2Files {
    private static let files = TauFiles(
        advice: "\(DataPackage.tau2.howToGet()), or let 'data_dir' or TAU2_DATA_DIR name their place")

    /// Whether a directory is there.
    static func isDirectory(_ path: String) -> Bool { TauFiles.isDirectory(path) }

    /// Whether a file is there.
    static func exists(_ path: String) -> Bool { TauFiles.exists(path) }

    /// The bytes of a file.
    static func bytes(_ path: String) throws(EvaluationError) -> [UInt8] { try files.bytes(path) }

    /// The text of a file.
    static func text(_ path: String) throws(EvaluationError) -> String { try files.text(path) }

    /// The JSON of a file.
    static func json(_ path: String) throws(EvaluationError) -> JSONValue { try files.json(path) }

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

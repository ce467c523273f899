public import Evaluation
import FoundationEssentials
import Storage

/// Reads and writes files outside an experiment's directory.
public enum StudyFiles {
    /// Writes a file whole or not at all, and makes its directory.
    ///
    /// Throws ``EvaluationError``, cause `gage`, when the disk does not allow it.
    public static func write(_ text: String, to path: String) throws(EvaluationError) {
        try RunDirectory.writeReport(Array(text.utf8), to: path)
    }

    /// Reads a text of at most 16 MiB.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, when it is not there or no UTF-8.
    public static func read(_ path: String) throws(EvaluationError) -> String {
        guard let data = FileManager.default.contents(atPath: path), data.count <= 16 << 20,
            let text = String(validating: data, as: UTF8.self)
        else {
            throw EvaluationError(.dataMissing, "'\(path)' cannot be read as text", cause: .configuration)
        }
        return text
    }
}

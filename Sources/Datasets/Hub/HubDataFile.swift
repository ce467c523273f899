import Evaluation
import JSON

/// A file that `data_files` names.
struct HubDataFile: Sendable, Hashable {
    var repository: String?
    var revision: String?
    var path: String

    /// Reads `data_files`: a path, `{repo_id, path, revision}`, a list of these, or such by split.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, for anything else.
    static func read(_ value: JSONValue, split: String) throws(EvaluationError) -> [HubDataFile] {
        if let path = value.stringValue { return [HubDataFile(path: path)] }
        if let items = value.arrayValue {
            var files: [HubDataFile] = []
            for item in items { files += try read(item, split: split) }
            return files
        }
        if let path = value["path"]?.stringValue {
            return [
                HubDataFile(
                    repository: value["repo_id"]?.stringValue, revision: value["revision"]?.stringValue, path: path)
            ]
        }
        guard let bySplit = value.objectValue else {
            throw invalid("'data_files' is \(value.typeName)", "write a path, or a list of paths")
        }
        guard let own = bySplit[split] else {
            throw invalid(
                "'data_files' has nothing for the split '\(split)'", NearMiss.advice(split, among: bySplit.keys))
        }
        return try read(own, split: split)
    }

    private static func invalid(_ message: String, _ advice: String?) -> EvaluationError {
        EvaluationError(.configurationInvalid, message, cause: .configuration, advice: advice)
    }
}

import Evaluation
import JSON

/// Reads files of predictions in every shape that the field writes.
///
/// Known by their content: a JSON list of `{instance_id, patch, prefix}` (the official evaluator of SWE-bench Pro), a JSON map
/// from instance to `{model_patch}` or to the patch itself, and one JSON object a line (SWE-bench).
enum PredictionsReader {
    /// Reads a file's bytes.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, naming the file and what is wrong.
    static func read(_ bytes: [UInt8], named file: String) throws(EvaluationError) -> [PredictedPatch] {
        let predictions = try entries(bytes, file).map { entry throws(EvaluationError) in try prediction(entry, file) }
        var seen: Set<String> = []
        for prediction in predictions where !seen.insert(prediction.instanceID).inserted {
            throw failure(file, "has two predictions for '\(prediction.instanceID)'")
        }
        return predictions
    }

    private static func entries(_ bytes: [UInt8], _ file: String) throws(EvaluationError) -> [JSONValue] {
        let whole: JSONValue
        do {
            whole = try JSONValue.parse(bytes: bytes)
        } catch let problem {
            return try lines(bytes, file, problem)
        }
        if let list = whole.arrayValue { return list }
        guard let map = whole.objectValue else { throw failure(file, "is neither a list, a map nor JSON lines") }
        if map["instance_id"] != nil { return [whole] }
        return map.map { id, value in
            var entry = value.objectValue ?? ["model_patch": value]
            if entry["instance_id"] == nil { entry["instance_id"] = .string(id) }
            return .object(entry)
        }
    }

    private static func lines(
        _ bytes: [UInt8], _ file: String, _ whole: JSONParsingError
    ) throws(EvaluationError) -> [JSONValue] {
        var reader = JSONLinesReader()
        do {
            return try reader.values(in: bytes)
        } catch {
            throw failure(file, "is neither JSON (\(whole)) nor one JSON object a line (\(error))")
        }
    }

    private static func prediction(_ entry: JSONValue, _ file: String) throws(EvaluationError) -> PredictedPatch {
        guard let id = entry["instance_id"]?.stringValue else {
            throw failure(file, "has a prediction without 'instance_id'")
        }
        let patch = entry["model_patch"] ?? entry["patch"]
        if let patch, !patch.isNull, patch.stringValue == nil {
            throw failure(file, "has a patch for '\(id)' that is no text")
        }
        let model = entry["model_name_or_path"] ?? entry["prefix"]
        return PredictedPatch(instanceID: id, patch: patch?.stringValue, model: model?.stringValue)
    }

    private static func failure(_ file: String, _ what: String) -> EvaluationError {
        EvaluationError(
            .dataMalformed, "\(file) \(what)", cause: .configuration,
            advice: "write [{\"instance_id\": …, \"patch\": …}] or one {\"instance_id\": …, \"model_patch\": …} a line")
    }
}

import Evaluation
import JSON

/// Where a plain metric finds the answer and what it should have been.
struct AnswerParameters: Parameters {
    var predictionField = "model_output.answer"
    var labelField = "sample.label"
    var ignoresCase = true
    var pattern: String?
    var tolerance = 1e-6

    static var fields: [ParameterField<Self>] {
        [
            .init("prediction_field", \.predictionField, "The field with the answer, as model_output.answer."),
            .init(
                "label_field", \.labelField,
                "The field with the right answer; sample.label falls back to the first reference."),
            .init("ignore_case", \.ignoresCase, "Whether letter case and blank ends do not count."),
            .init("pattern", \.pattern, "A regular expression whose first group (or whole match) is the answer."),
            .init("tolerance", \.tolerance, "How far numbers may lie apart, absolutely and relative to the right one.")
            {
                $0.minimum = 0
            },
        ]
    }
}

/// The fields of an episode that metrics can name: `sample.…`, `model_output.…`, `judge_output.…`.
enum EpisodeFields {
    static func value(_ path: String, of episode: Episode) -> JSONValue? {
        let parts = path.split(separator: ".", maxSplits: 1).map(String.init)
        let rest = parts.count > 1 ? parts[1] : ""
        let root: JSONValue
        switch parts.first {
        case "sample": root = .object(episode.sample.judgedJSON)
        case "model_output": root = episode.prediction?.json ?? .null
        case "judge_output": root = .object(episode.judgeOutput)
        default: return nil
        }
        let value = rest.isEmpty ? root : root.at(rest)
        return value?.isNull == true ? nil : value
    }

    static func text(_ value: JSONValue?) -> String? {
        guard let value else { return nil }
        if let answer = value["answer"] { return text(answer) }
        return value.stringValue ?? (value.arrayValue == nil && value.objectValue == nil ? value.text() : nil)
    }

    static func labels(_ path: String, of episode: Episode) -> [String] {
        if let value = value(path, of: episode) {
            if let items = value.arrayValue { return items.compactMap(text) }
            return text(value).map { [$0] } ?? []
        }
        return path == "sample.label" ? episode.sample.references.compactMap(text) : []
    }
}

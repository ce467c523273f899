public import Evaluation
public import JSON

/// Puts classified errors together off the journal: counts by model, and each error.
public struct PauseErrorExport {
    private var counts: [String: [String: Int]] = [:]
    private var items: [JSONValue] = []

    /// Nothing yet.
    public init() {}

    /// Takes an episode of the run.
    public mutating func add(_ record: EpisodeRecord) {
        guard let facts = record.sample["metadata"]?["pause"], let error = record.sample["gold"]?["pause_error"] else {
            return
        }
        let model = facts["assistant_model"]?.stringValue ?? ""
        var found = record.judgeOutput["pause_error"]?.objectValue ?? [:]
        if case .errored(let failure) = record.outcome {
            found = ["error_type": "NOT_CLASSIFIED", "reason": .string(failure.message)]
        }
        let type = found["error_type"]?.stringValue ?? "PARSE_ERROR"
        counts[model, default: [:]][type, default: 0] += 1
        items.append([
            "file": error["file"] ?? .null, "log": facts["log"] ?? .null, "branch": facts["branch"] ?? .null,
            "traj_idx": error["traj_idx"] ?? .null, "assistant_model": .string(model),
            "targets_achieved": error["targets_achieved"] ?? .null, "error_analysis": error["error_analysis"] ?? .null,
            "classification": .object(found),
        ])
    }

    /// `{counts: {<model>: {DCE, TBE, RNE, SCE, OTHER}}, results: […]}`.
    public var json: JSONObject {
        var models: JSONObject = [:]
        for (model, own) in counts.sorted(by: { $0.key < $1.key }) {
            var object: JSONObject = [:]
            for type in PauseErrorClass.allCases { object[type.rawValue] = JSONValue(own[type.rawValue] ?? 0) }
            for (type, count) in own.sorted(by: { $0.key < $1.key }) { object[type] = JSONValue(count) }
            models[model] = .object(object)
        }
        return ["counts": .object(models), "results": .array(items)]
    }
}

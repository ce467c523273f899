public import JSON

/// What the evaluated model or agent produced, as judges read it.
public struct Prediction: Sendable, Hashable {
    /// The final answer; nil where the agent gave none.
    public var answer: String?
    /// Files or patches that the agent left, by name.
    public var artifacts: JSONObject
    /// Anything else that an adapter reports.
    public var extras: JSONObject

    /// Records an answer.
    public init(answer: String?, artifacts: JSONObject = [:], extras: JSONObject = [:]) {
        self.answer = answer
        self.artifacts = artifacts
        self.extras = extras
    }

    /// The prediction as it stands in journals and `samples.jsonl`.
    public var json: JSONValue {
        var object: JSONObject = ["answer": answer.map(JSONValue.string) ?? .null]
        if !artifacts.isEmpty { object["artifacts"] = .object(artifacts) }
        for (key, value) in extras { object[key] = value }
        return .object(object)
    }

    /// Reads what ``json`` writes.
    public init(json: JSONValue) {
        var extras = json.objectValue ?? [:]
        let artifacts = extras["artifacts"]?.objectValue ?? [:]
        extras["answer"] = nil
        extras["artifacts"] = nil
        self.init(answer: json["answer"]?.stringValue, artifacts: artifacts, extras: extras)
    }
}

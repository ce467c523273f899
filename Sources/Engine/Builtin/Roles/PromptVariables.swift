public import Evaluation
public import JSON

/// What a prompt template can refer to: `sample`, `payload`, `history`, `extras`, `support`, tool documentation.
public enum PromptVariables {
    /// What a sample alone gives; the rest is there and empty.
    public static func make(for sample: Sample) -> JSONObject {
        [
            "sample": .object(sample.visibleJSON),
            "payload": [:],
            "history": .array(sample.messages.map(\.json)),
            "extras": .object(sample.extras),
            "tool_documentation": "",
            "tool_documentation_meta": [:],
        ]
    }

    /// What the step of an episode gives, with what supporting steps have found out and the adapter's own parameters.
    ///
    /// What steps leave under `payload` is added to the step's own.
    public static func make(
        for episode: Episode, adapter: AdapterBinding, payload: JSONObject = [:]
    ) -> JSONObject {
        var variables = make(for: episode.sample)
        if variables["sample"]?["support_outputs"] == nil, !episode.supportOutputs.isEmpty {
            variables["sample"]?["support_outputs"] = .array(episode.supportOutputs.map(JSONValue.object))
        }
        for output in episode.supportOutputs {
            for (key, value) in output where value.isNull == false && key != "payload" { variables[key] = value }
        }
        let found = episode.supportOutputs.compactMap { $0["payload"]?.objectValue }
        variables["payload"] = .object(found.reduce(JSONObject()) { $0.merging($1) }.merging(payload))
        for (key, value) in adapter.promptParameters { variables[key] = value }
        return variables
    }

    /// The task in one text: the record's `instruction` or `prompt`, else the first message.
    public static func instruction(of sample: Sample) -> String {
        sample.extras["instruction"]?.stringValue ?? sample.extras["prompt"]?.stringValue
            ?? sample.messages.first?.text ?? ""
    }
}

import Evaluation
import JSON

/// What a prompt template can refer to: `sample`, `payload`, `history`, `extras`, `support`, tool documentation.
enum PromptVariables {
    static func make(for episode: Episode, adapter: AdapterBinding, payload: JSONObject = [:]) -> JSONObject {
        var sample = episode.sample.visibleJSON
        if sample["support_outputs"] == nil, !episode.supportOutputs.isEmpty {
            sample["support_outputs"] = .array(episode.supportOutputs.map(JSONValue.object))
        }
        var variables: JSONObject = [
            "sample": .object(sample),
            "payload": .object(payload),
            "history": .array(episode.sample.messages.map(\.json)),
            "extras": .object(episode.sample.extras),
            "tool_documentation": "",
            "tool_documentation_meta": [:],
        ]
        for output in episode.supportOutputs {
            for (key, value) in output where value.isNull == false { variables[key] = value }
        }
        for (key, value) in adapter.promptParameters { variables[key] = value }
        return variables
    }

    /// The task in one text: the record's `instruction` or `prompt`, else the first message.
    static func instruction(of sample: Sample) -> String {
        sample.extras["instruction"]?.stringValue ?? sample.extras["prompt"]?.stringValue
            ?? sample.messages.first?.text ?? ""
    }
}

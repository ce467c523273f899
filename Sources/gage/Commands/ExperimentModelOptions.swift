import ArgumentParser
import Evaluation
import Experiments
import JSON

/// Which models play the agent and the user.
struct StudyModelOptions: ParsableArguments {
    @Option(help: "The agent's model, by a LiteLLM-style name.")
    var agentModel: String?

    @Option(help: "The model that plays the user, by a LiteLLM-style name; keep it when you compare agents.")
    var userModel: String?

    @Option(help: "The address of an OpenAI-compatible server for models that are given by name.")
    var apiBase: String?

    @Option(help: "The sampling temperature of models that are given by name.")
    var temperature = 0.0

    @Option(
        name: [.short, .customLong("config")],
        help: "A template: a YAML file with the backends 'agent_model' and 'user_model', and what they need.")
    var config: String?

    /// What the experiment's design keeps of these options.
    var record: JSONObject {
        var object: JSONObject = [:]
        object["agent_model"] = agentModel.map(JSONValue.string)
        object["user_model"] = userModel.map(JSONValue.string)
        object["template"] = config.map(JSONValue.string)
        return object
    }

    /// The template's sections, with the models that are given by name in them.
    func template() throws -> JSONObject {
        var sections = try config.map { try StudyTemplate.read($0) } ?? [:]
        var backends = sections["backends"]?.arrayValue ?? []
        for (id, model) in [("agent_model", agentModel), ("user_model", userModel)] {
            if let model {
                backends.removeAll { $0["backend_id"]?.stringValue == id }
                backends.append(backend(id, model))
            } else if !backends.contains(where: { $0["backend_id"]?.stringValue == id }) {
                let option = id == "agent_model" ? "--agent-model" : "--user-model"
                throw EvaluationError(
                    .configurationInvalid, "nothing says which model is '\(id)'", cause: .configuration,
                    advice: "give \(option) NAME, or a backend '\(id)' in the template of --config")
            }
        }
        sections["backends"] = .array(backends)
        return sections
    }

    private func backend(_ id: String, _ model: String) -> JSONValue {
        var settings: JSONObject = [
            "model": .string(model), "max_retries": 6,
            "generation_parameters": ["temperature": JSONValue(temperature)],
        ]
        settings["api_base"] = apiBase.map(JSONValue.string)
        return ["backend_id": .string(id), "type": "litellm", "config": .object(settings)]
    }
}

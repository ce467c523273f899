import Evaluation
import JSON

/// An entry of `models`.
struct ModelEntry: Identified {
    var id = ""
    var source: String?
    var hub: String?
    var hubParams = Block()
    var params = Block()

    static let idKey = "model_id"

    static var fields: [ParameterField<Self>] {
        let reason = "models run behind a server; declare it in 'backends'"
        return [
            .init("model_id", \.id, "The model's name in this document.") {
                $0.isRequired = true
                $0.ignoredBecause = reason
            },
            .init("source", \.source, "Where its files are.") { $0.ignoredBecause = reason },
            .init("hub", \.hub, "The hub to download from.") { $0.ignoredBecause = reason },
            .init("hub_params", \.hubParams, "What to download.") {
                $0.aliases = ["hub_args"]
                $0.ignoredBecause = reason
            },
            .init("params", \.params, "Parameters of the engine.") { $0.ignoredBecause = reason },
        ]
    }
}

/// An entry of `backends`.
struct BackendEntry: Identified {
    var id = ""
    var type = ""
    var config = Block()
    var resourceRequirement: Block?

    static let idKey = "backend_id"

    static var fields: [ParameterField<Self>] {
        [
            .init("backend_id", \.id, "The backend's name in this document.") { $0.isRequired = true },
            .init("type", \.type, "The registered backend type.") { $0.isRequired = true },
            .init("config", \.config, "The backend type's parameters."),
            .init("resource_requirement", \.resourceRequirement, "What a pool of models needs.") {
                $0.ignoredBecause = Reasons.resources
            },
        ]
    }
}

/// A backend that a role adapter declares for itself.
struct InlineBackend: Parameters {
    var type = ""
    var config = Block()

    static var fields: [ParameterField<Self>] {
        [
            .init("type", \.type, "The registered backend type.") { $0.isRequired = true },
            .init("config", \.config, "The backend type's parameters."),
        ]
    }
}

/// An entry of `agent_backends`.
struct AgentBackendEntry: Identified {
    var id = ""
    var agent = InlineAgentBackend()

    static let idKey = "agent_backend_id"

    static var fields: [ParameterField<Self>] {
        [
            .init("agent_backend_id", \.id, "The agent backend's name in this document.") { $0.isRequired = true },
            .init("type", \.agent.type, "How the agent is driven.") { $0.allowed = InlineAgentBackend.types },
            .init("backend_id", \.agent.backendID, "The backend that answers.") {
                $0.isRequired = true
                $0.reference = .backend
            },
            .init("config", \.agent.config, "The agent's policy."),
        ]
    }
}

/// An agent backend that a role adapter declares for itself.
struct InlineAgentBackend: Parameters {
    var type = "model_backend"
    var backendID = ""
    var config = AgentBackendConfig()

    static let types = ["model_backend"]

    static var fields: [ParameterField<Self>] {
        [
            .init("type", \.type, "How the agent is driven.") { $0.allowed = types },
            .init("backend_id", \.backendID, "The backend that answers.") {
                $0.isRequired = true
                $0.reference = .backend
            },
            .init("config", \.config, "The agent's policy."),
        ]
    }
}

/// The `config` of an agent backend.
struct AgentBackendConfig: Parameters {
    // Configurations that do not say it were written for a loop that forces a call at every turn.
    var forceToolChoice = AgentBackend.ForcedToolChoice.always
    var samplingParams: JSONObject = [:]

    static var fields: [ParameterField<Self>] {
        [
            .init("force_tool_choice", \.forceToolChoice, "When the model is made to call a tool."),
            .init("sampling_params", \.samplingParams, "Sampling parameters for every call."),
        ]
    }
}

/// Why keys have no effect, where several entries share the reason.
enum Reasons {
    static let resources = "a task's 'concurrency' and a backend's own limits decide how much runs at once"
}

import Evaluation
import JSON
import Models

/// The `config` block of an `appworld_scripted` backend.
struct ScriptedAgentsParameters: Parameters {
    var path = ""
    var agent = "gold"
    var exceptions: [String: String] = [:]

    static var fields: [ParameterField<Self>] {
        [
            .init("path", \.path, "The file of agents, as docker/appworld-stand-in/agents.json.") {
                $0.isRequired = true
            },
            .init("agent", \.agent, "The agent that plays."),
            .init("exceptions", \.exceptions, "Other agents for some tasks, by task id."),
        ]
    }
}

/// Makes scripted agents.
struct ScriptedAgentsFactory: ChatModelFactory {
    let parameters: ScriptedAgentsParameters

    func makeModel(for backend: BackendIdentity) throws -> any ChatModel {
        let path = parameters.path.hasPrefix("/") ? parameters.path : "\(backend.baseDirectory)/\(parameters.path)"
        return BrainModel(
            name: "appworld_scripted",
            brain: try ScriptedAgents(path: path, agent: parameters.agent, exceptions: parameters.exceptions))
    }
}

import Evaluation
import JSON

/// Who plays the assistant and the user of a trajectory, and who checks the user.
///
/// A client is `scripted`, the id of a backend of the configuration, or the provider of a LiteLLM-style name whose model
/// part stands beside it.
struct PauseRoute: Parameters, Hashable {
    /// The client that stands for the backend of the adapter that runs the agent.
    static let agentBackend = "agent_backend"

    /// The assistant's client.
    var assistantClient = "scripted"
    /// The assistant's model; for `scripted` one of the scripts.
    var assistantModel = "oracle"
    /// The user's client.
    var userClient = "scripted"
    /// The user's model; for `scripted` it is `rule_user`.
    var userModel = "rule_user"
    /// The client of the user's validator; without one nobody checks.
    var validatorClient: String?
    /// The model of the user's validator.
    var validatorModel: String?
    /// Sampling parameters of the assistant's calls.
    var assistantParameters: JSONObject = [:]
    /// Sampling parameters of the user's and validator's calls.
    var userParameters: JSONObject = [:]

    /// The oracle with the rule user.
    init() {}

    /// The keys.
    static var fields: [ParameterField<Self>] {
        [
            .init(
                "client_assistant", \.assistantClient,
                "scripted, agent_backend, the id of a backend, or the provider of a LiteLLM-style name."
            ) { $0.aliases = ["assistant_client"] },
            .init(
                "assistant_model", \.assistantModel,
                "The model; with scripted: \(PauseScript.allCases.map(\.rawValue).joined(separator: ", "))."),
            .init("client_user", \.userClient, "The same for the user.") { $0.aliases = ["user_client"] },
            .init("user_model", \.userModel, "The user's model; with scripted: rule_user."),
            .init("valid_client", \.validatorClient, "The same for who checks the user's texts."),
            .init("user_valid_model", \.validatorModel, "The model that checks the user's texts."),
            .init("assistant_parameters", \.assistantParameters, "Sampling parameters of the assistant's calls."),
            .init("user_parameters", \.userParameters, "Sampling parameters of the user's calls."),
        ]
    }

    /// Scripts that there are not are errors.
    func validate(at node: ConfigNode, into diagnostics: inout Diagnostics) {
        if assistantClient == PauseClients.scripted, PauseScript(rawValue: assistantModel) == nil {
            diagnostics.error(
                "there is no scripted assistant '\(assistantModel)'", at: node,
                advice: NearMiss.advice(assistantModel, among: PauseScript.allCases.map(\.rawValue)))
        }
        if userClient == PauseClients.scripted, userModel != PauseClients.ruleUser {
            diagnostics.error(
                "there is no scripted user '\(userModel)'", at: node, advice: "write user_model: rule_user")
        }
        if (validatorClient == nil) != (validatorModel == nil) {
            diagnostics.error("'valid_client' and 'user_valid_model' go together", at: node)
        }
        if validatorClient == PauseClients.scripted {
            diagnostics.error("there is no scripted validator", at: node, advice: "name a backend in 'valid_client'")
        }
    }

    /// The fields of a trajectory that name the route.
    var logFields: JSONObject {
        [
            "assistant_model": .string(assistantModel), "user_model": .string(userModel), "user_policy": "",
            "user_valid": .bool(validatorModel != nil), "user_valid_model": .string(validatorModel ?? ""),
            "traj_route_key_assistant": .string(assistantClient), "traj_route_key_user": .string(userClient),
            "traj_route_key_valid": .string(validatorClient ?? ""),
        ]
    }

    /// Reads a route that was written by ``json``; nil when it is none.
    init?(json: JSONValue) {
        var diagnostics = Diagnostics()
        let node = ConfigNode(json: json, location: SourceLocation(file: "route", line: 0, column: 0), path: "route")
        guard let route = Self.decode(node, into: &diagnostics), !diagnostics.hasErrors else { return nil }
        self = route
    }
}

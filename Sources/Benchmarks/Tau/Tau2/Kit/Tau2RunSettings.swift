import Evaluation
import JSON

/// What a dialogue was led with, as its sample's metadata keep it for official result files.
struct Tau2RunSettings: Sendable {
    /// Which of the official agents was imitated.
    var agent = Tau2Settings.AgentKind.ordinary
    /// Steps after which a dialogue had failed.
    var maxSteps = 200
    /// Failed tool calls after which a dialogue had failed.
    var maxErrors = 10
    /// The model that played the agent, in a run that was not led here.
    var agentModel: Tau2Results.Model?
    /// The model that played the user; nil where there was none.
    var userModel: String?
    /// Parameters of the user's model, without what is secret.
    var userParameters: JSONObject = [:]

    /// The official command's settings.
    init() {}

    /// The settings of a dialogue.
    init(_ settings: Tau2Settings, user sandbox: Tau2Sandbox) {
        agent = settings.isSolo ? .solo : settings.agentKind
        maxSteps = settings.maxSteps
        maxErrors = settings.maxErrors
        guard !settings.isSolo else { return }
        // Without a user's model the dialogue cannot be led, which its preparation reports.
        userModel = settings.userModel ?? (try? sandbox.userModel())?.model.name
        for (key, value) in settings.userArguments where !Self.secretKeys.contains(key) { userParameters[key] = value }
    }

    private static let secretKeys: Set<String> = ["api_key", "extra_headers", "headers"]

    /// Reads what ``json`` writes; what is missing is as officially.
    init(json: JSONValue) {
        agent = json["agent"]?.stringValue.flatMap(Tau2Settings.AgentKind.init) ?? .ordinary
        maxSteps = json["max_steps"]?.intValue ?? maxSteps
        maxErrors = json["max_errors"]?.intValue ?? maxErrors
        agentModel = json["agent_llm"]?.stringValue.map { name in
            Tau2Results.Model(name, json["agent_llm_args"]?.objectValue ?? [:])
        }
        userModel = json["user_llm"]?.stringValue
        userParameters = json["user_llm_args"]?.objectValue ?? [:]
    }

    /// The settings as a sample's metadata keep them.
    var json: JSONValue {
        var object: JSONObject = [
            "agent": .string(agent.rawValue), "max_steps": JSONValue(maxSteps), "max_errors": JSONValue(maxErrors),
            "user_llm": JSONValue(optional: userModel), "user_llm_args": .object(userParameters),
        ]
        if let agentModel {
            object["agent_llm"] = .string(agentModel.name)
            object["agent_llm_args"] = .object(agentModel.parameters)
        }
        return .object(object)
    }
}

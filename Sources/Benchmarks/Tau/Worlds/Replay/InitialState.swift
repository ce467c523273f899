public import JSON

/// A function that a task calls on a participant's toolkit, outside any conversation.
public struct EnvironmentCall: Sendable, Hashable {
    /// Whose toolkit.
    public var environment: Requestor
    /// The function: a tool or an environment function.
    public var function: String
    /// The arguments.
    public var arguments: JSONObject

    /// Makes a call.
    public init(environment: Requestor, function: String, arguments: JSONObject) {
        self.environment = environment
        self.function = function
        self.arguments = arguments
    }

    /// Reads a member of `initialization_actions` or `env_assertions`; nil when it is none.
    public init?(json: JSONValue) {
        guard let environment = json["env_type"]?.stringValue.flatMap(Requestor.init),
            let function = json["func_name"]?.stringValue
        else { return nil }
        self.init(environment: environment, function: function, arguments: json["arguments"]?.objectValue ?? [:])
    }
}

/// The state in which a task wants its world: the `initial_state` of a task without its messages.
public struct InitialState: Sendable, Hashable {
    /// What to merge into the agent's data.
    public var agentData: JSONObject?
    /// What to merge into the user's data.
    public var userData: JSONObject?
    /// What to call then.
    public var actions: [EnvironmentCall]

    /// Makes a state; without arguments, that of a fresh world.
    public init(agentData: JSONObject? = nil, userData: JSONObject? = nil, actions: [EnvironmentCall] = []) {
        self.agentData = agentData
        self.userData = userData
        self.actions = actions
    }

    /// Reads the `initial_state` of a task; nil when an action in it cannot be read.
    public init?(json: JSONValue) {
        var actions: [EnvironmentCall] = []
        for action in json["initialization_actions"]?.arrayValue ?? [] {
            guard let action = EnvironmentCall(json: action) else { return nil }
            actions.append(action)
        }
        let data = json["initialization_data"]
        self.init(
            agentData: data?["agent_data"]?.objectValue, userData: data?["user_data"]?.objectValue, actions: actions)
    }
}

/// What happens when a replayed call answers otherwise than the trajectory says.
public enum ReplayStrictness: Sendable, Hashable {
    /// It is an error. The text is the one to show as the time of the new answer.
    case strict(timestamp: String)
    /// Nothing: the recording may be older than the tools.
    case lenient
}

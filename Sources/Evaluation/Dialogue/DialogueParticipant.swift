public import JSON

/// One side of a dialogue, with its own view of what was said.
///
/// The agent and the user each hold their own message list, because they do not see the same things: a user never
/// sees the agent's tool calls. The loop tells a participant what reaches it and asks for its reply.
///
/// What reaches whom: the other side's messages that call no tools, the results of the participant's own calls, and
/// what the environment says (system messages: to the agent). Of the opening it also receives its own messages, so that
/// a history arrives as if it had been lived through.
public protocol DialogueParticipant: Sendable {
    /// Adds a message that reaches this participant to its view: the other side's text, or its own calls' results.
    mutating func receive(_ message: Message) throws

    /// The participant's next message, in the trajectory's orientation: the agent's with role `assistant`, the
    /// user's with role `user`. Also adds it to its own view.
    mutating func reply(in scope: EpisodeScope) async throws -> Trajectory.Entry

    /// Takes over what the configuration says about the agent, before its dialogue begins.
    ///
    /// `tools` are those that the toolchain and the sample decided on, and `samplingParameters` go over those of the
    /// agent's backend. An agent that a benchmark brings knows itself which tools there are: it takes over how they are
    /// described. Does nothing unless a participant says otherwise.
    mutating func adopt(tools: [ToolDefinition], samplingParameters: JSONObject)
}

extension DialogueParticipant {
    /// Goes on as it is.
    public mutating func adopt(tools: [ToolDefinition], samplingParameters: JSONObject) {}
}

/// What a context provider prepares for the agent loop: the rules, the other side, and what was already said.
public struct DialogueSetup: Sendable {
    /// When who speaks, and when it is over.
    public var rules: any DialogueRules
    /// The user, where there is one.
    public var user: (any DialogueParticipant)?
    /// The agent, where the benchmark dictates how it is driven; nil for the loop's own agent.
    public var agent: (any DialogueParticipant)?
    /// What is in the trajectory before the loop starts.
    public var opening: [Trajectory.Entry]
    /// The wall-clock limit of the dialogue.
    public var timeLimit: Duration?

    /// Prepares a dialogue.
    public init(
        rules: any DialogueRules, user: (any DialogueParticipant)? = nil, agent: (any DialogueParticipant)? = nil,
        opening: [Trajectory.Entry] = [], timeLimit: Duration? = nil
    ) {
        self.rules = rules
        self.user = user
        self.agent = agent
        self.opening = opening
        self.timeLimit = timeLimit
    }
}

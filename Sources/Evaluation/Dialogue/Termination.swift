/// Why a dialogue ended.
///
/// Open: a benchmark's rules may bring their own words.
public struct Termination: RawRepresentable, Sendable, Hashable {
    /// The reason as written in journals, in snake case.
    public let rawValue: String

    /// Makes a reason from its word.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Makes a reason from its word.
    public init(_ rawValue: String) { self.rawValue = rawValue }

    /// The agent gave its final answer.
    public static let finalAnswer = Self("final_answer")
    /// The user ended the dialogue.
    public static let userStop = Self("user_stop")
    /// The agent ended the dialogue.
    public static let agentStop = Self("agent_stop")
    /// The agent used up its turns.
    public static let maxTurns = Self("max_turns")
    /// The dialogue used up its steps.
    public static let maxSteps = Self("max_steps")
    /// Too many tool calls failed.
    public static let tooManyErrors = Self("too_many_errors")
    /// The agent broke the protocol of the dialogue.
    public static let agentError = Self("agent_error")
    /// The user simulator broke the protocol of the dialogue.
    public static let userError = Self("user_error")
    /// The time for this episode is used up.
    public static let timeout = Self("timeout")
    /// The conversation no longer fits the agent's model.
    public static let contextWindowExceeded = Self("context_window_exceeded")
    /// The token or cost limit of this episode is used up.
    public static let budget = Self("budget")
}

public import Evaluation

/// A finished dialogue, as far as judging it needs to know.
public struct Tau2Simulation: Sendable {
    /// Everything said and done, the history of the task included.
    public var messages: [Tau2Message]
    /// Why it ended.
    public var termination: Termination
    /// Whether the agent worked alone.
    public var isSolo: Bool

    /// Takes a dialogue.
    public init(messages: [Tau2Message], termination: Termination, isSolo: Bool = false) {
        self.messages = messages
        self.termination = termination
        self.isSolo = isSolo
    }

    /// Whether a participant ended it; any other end is worth nothing.
    public var endedByParticipant: Bool { termination == .userStop || termination == .agentStop }
}

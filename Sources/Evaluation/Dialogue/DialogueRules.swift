/// What the loop must do next.
public enum DialogueAction: Sendable, Hashable {
    /// Ask this participant for its next message.
    case ask(Participant)
    /// Run these calls in order in the world, for this participant, then report the results.
    case execute([ToolCall], by: Participant)
    /// End the dialogue.
    case finish(Termination)
}

/// What just happened in a dialogue.
public enum DialogueEvent: Sendable, Hashable {
    /// A participant's message is there (already in the trajectory).
    case message(Message, from: Participant)
    /// Calls were run for this participant; the results, in call order.
    case results([ToolResult], for: Participant)
    /// The episode's time is used up; the rules decide what that means.
    case timeExpired
}

/// When who speaks, and when it is over: the pure part of a dialogue.
///
/// One loop performs every benchmark's dialogue; what differs between benchmarks is the value that conforms to this
/// protocol. It does no I/O, so its tests are tables of events and actions.
public protocol DialogueRules: Sendable {
    /// The first action, given what the trajectory holds before the loop starts (opening lines, history).
    mutating func start(with opening: [Trajectory.Entry]) -> DialogueAction

    /// The next action after an event.
    mutating func next(after event: DialogueEvent) -> DialogueAction

    /// The next action after a participant's reply could not be had; nil to let the failure end the episode.
    mutating func next(afterFailureOf participant: Participant, _ error: EvaluationError) -> DialogueAction?

    /// What the environment says to the agent before it is asked next; nil for nothing.
    mutating func remark() -> Message?

    /// The agent's final answer once the dialogue has ended, where the rules know one.
    var finalAnswer: String? { get }
}

extension DialogueRules {
    /// Nothing.
    public mutating func remark() -> Message? { nil }

    /// An agent whose conversation no longer fits its model has reached a limit; anything else is a failure.
    public mutating func next(
        afterFailureOf participant: Participant, _ error: EvaluationError
    ) -> DialogueAction? {
        participant == .agent && error.code == .contextWindowExceeded ? .finish(.contextWindowExceeded) : nil
    }
}

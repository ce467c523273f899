import Evaluation
import JSON

/// When who speaks in a PAUSE dialogue, and when it is over.
///
/// The opening ends with the assistant's greeting; the user speaks next. The assistant calls tools until it has something
/// to say; the user answers with a text or with calls of tools of its own, after which the assistant is told in the user's
/// name what was called. A round is a text of the assistant and the user's answer to it.
struct PauseDialogueRules: DialogueRules {
    /// What bounds a dialogue.
    struct Limits: Sendable, Hashable {
        /// Rounds after which the dialogue is cut off.
        var rounds = 12
        /// The most messages with tool calls that the assistant may send before it says something.
        var toolHops = 40
        /// Entries of the log after which the dialogue is cut off: texts, and messages with calls and their results.
        var events = 100

        /// The original's limits.
        init() {}
    }

    private let limits: Limits
    private var rounds = 0
    private var hops = 0
    /// The greeting is the first entry of the log.
    private var events = 1
    private var hasUserSpoken = false
    private var calls: ArraySlice<ToolCall> = []
    private var called: [String] = []
    private var isBalanceShort = false
    private var pendingRemark: String?
    /// What the assistant last said to the user.
    private(set) var finalAnswer: String?

    /// Makes the rules of one dialogue.
    init(limits: Limits = Limits()) { self.limits = limits }

    /// The user answers the greeting.
    mutating func start(with opening: [Trajectory.Entry]) -> DialogueAction { .ask(.user) }

    /// The next action after something happened.
    mutating func next(after event: DialogueEvent) -> DialogueAction {
        switch event {
        case .message(let message, from: .user): next(afterUser: message)
        case .message(let message, from: _): next(afterAssistant: message)
        case .results(let results, for: let participant): next(after: results, for: participant)
        case .timeExpired: .finish(.timeout)
        }
    }

    /// An assistant's model that breaks its protocol has failed at the task, and so has a user who cannot keep to the role.
    mutating func next(
        afterFailureOf participant: Participant, _ error: EvaluationError
    ) -> DialogueAction? {
        if participant == .user, error.code == .pauseUserInvalid {
            return .finish(Termination("user_invalid:\(error.message)"))
        }
        guard participant == .agent, error.cause == .model else { return nil }
        if error.code == .contextWindowExceeded { return .finish(.contextWindowExceeded) }
        return .finish(Termination("assistant_error:\(error.code.rawValue)"))
    }

    /// What the user is made to say after tools of its own were run.
    mutating func remark() -> Message? {
        defer { pendingRemark = nil }
        return pendingRemark.map { .user($0) }
    }

    /// Whether a user's text ends the dialogue.
    static func ends(_ text: String) -> Bool {
        [PauseToken.stop, PauseToken.terminate].contains { text.contains($0) }
    }

    // MARK: The user

    private mutating func next(afterUser message: Message) -> DialogueAction {
        guard message.toolCalls.isEmpty else {
            called = []
            isBalanceShort = false
            calls = message.toolCalls[...]
            return nextCall(by: .user)
        }
        if let limit = count(1) { return limit }
        if Self.ends(message.text ?? "") { return .finish(.userStop) }
        return endRound()
    }

    private mutating func endRound() -> DialogueAction {
        hops = 0
        // The user's first message answers the greeting, which is no round.
        if hasUserSpoken { rounds += 1 }
        hasUserSpoken = true
        return rounds >= limits.rounds ? .finish(.pauseRounds) : .ask(.agent)
    }

    // MARK: The assistant

    private mutating func next(afterAssistant message: Message) -> DialogueAction {
        guard message.toolCalls.isEmpty else {
            hops += 1
            if hops > limits.toolHops { return .finish(.pauseToolHops) }
            calls = message.toolCalls[...]
            return nextCall(by: .agent)
        }
        finalAnswer = message.text
        return count(1) ?? .ask(.user)
    }

    // MARK: Calls

    private mutating func next(after results: [ToolResult], for participant: Participant) -> DialogueAction {
        if let call = calls.popFirst() {
            called.append(call.name)
            isBalanceShort = isBalanceShort || (call.name == "authorize_checkout" && results.contains(where: \.isShort))
        }
        if let reason = results.lazy.compactMap(\.pauseTermination).first { return .finish(Termination(reason)) }
        return nextCall(by: participant)
    }

    /// The calls of a message are run one by one, because one that raises ends the trajectory before the next.
    private mutating func nextCall(by participant: Participant) -> DialogueAction {
        if let call = calls.first { return .execute([call], by: participant) }
        guard participant == .user else { return count(1) ?? .ask(.agent) }
        // Only what was run counts as called; the balance decides how the sentence ends.
        pendingRemark = PauseToken.remark(called: called, isBalanceShort: isBalanceShort)
        return count(2) ?? endRound()
    }

    /// Counts entries of the log; the end of the dialogue when there are too many.
    private mutating func count(_ added: Int) -> DialogueAction? {
        events += added
        return events > limits.events ? .finish(.pauseEvents) : nil
    }
}

/// Words that the dialogue gives a meaning.
enum PauseToken {
    static let stop = "###STOP###"
    static let terminate = "###TERMINATE###"

    /// What the assistant hears in the user's name after the user called tools.
    static func remark(called: [String], isBalanceShort: Bool) -> String {
        "I have called \(called.joined(separator: ", ")). "
            + (isBalanceShort ? "Balance is insufficient." : "Please continue.")
    }
}

extension Termination {
    /// The dialogue used up its rounds.
    static let pauseRounds = Self("max_rounds_exceeded")
    /// The assistant called tools without end.
    static let pauseToolHops = Self("max_tool_hops_exceeded")
    /// The log got too long.
    static let pauseEvents = Self("max_full_messages_exceeded")

    /// Whether the dialogue came to its regular end.
    var isRegularInPause: Bool { self == .userStop }
}

extension EvaluationError.Code {
    /// A simulated user did not keep to its role although it was corrected.
    static let pauseUserInvalid = Self("pause.user_invalid")
}

extension ToolResult {
    private static let terminationKey = "pause_termination"

    /// Why the call ended the trajectory, where it did.
    var pauseTermination: String? { structured?[Self.terminationKey]?.stringValue }

    /// Whether a payment was refused because the wallet does not hold enough.
    fileprivate var isShort: Bool { content.contains("INSUFFICIENT_BALANCE") }

    /// The same result, ending the trajectory.
    func endingTrajectory(_ reason: String) -> ToolResult {
        var result = self
        result.structured = [Self.terminationKey: .string(reason)]
        return result
    }
}

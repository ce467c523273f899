public import Evaluation

/// When who speaks in a τ²-bench dialogue, and when it is over: the official half-duplex orchestrator as a value.
///
/// A *step* is one hop of a message: a participant's reply, or the run of all calls of one message. The limits are
/// looked at after a step, except while calls wait to be run, so `maxSteps` can be overshot by one; and they overwrite
/// a stop that happened in the same step, as officially.
public struct Tau2Rules: DialogueRules {
    /// What bounds a dialogue and how strictly it is held to its protocol.
    public struct Limits: Sendable, Hashable {
        /// Steps after which the dialogue has failed.
        public var maxSteps = 200
        /// Failed tool calls, counted over the whole dialogue, after which it has failed.
        public var maxErrors = 10
        /// Whether text beside tool calls ends the dialogue as an error of its author.
        public var enforcesProtocol = false

        /// The official command's limits.
        public init() {}
    }

    /// What a message tells the rules.
    struct Pending: Sendable, Hashable {
        var text: String?
        var calls: [ToolCall]

        var isToolCall: Bool { !calls.isEmpty }
        var hasText: Bool { text?.hasTextForPython ?? false }
    }

    /// The ends between which a message travels.
    enum Place: Sendable, Hashable {
        case agent
        case user
        case environment

        init(_ participant: Participant) {
            switch participant {
            case .agent: self = .agent
            case .user: self = .user
            case .environment: self = .environment
            }
        }
    }

    let limits: Limits
    let isSolo: Bool
    /// How many steps were made.
    public private(set) var stepCount = 0
    /// How many tool calls failed; those of the history do not count.
    public private(set) var errorCount = 0
    /// Why the dialogue ended; nil while it goes on.
    public private(set) var termination: Termination?
    /// The agent's last text.
    public private(set) var finalAnswer: String?

    private var origin: Place = .agent
    private var destination: Place = .user
    private var pending = Pending(text: nil, calls: [])
    private var awaitsOpening = false
    private var timeIsUp = false

    /// Makes the rules of one dialogue; in solo mode the agent works alone on a ticket.
    public init(limits: Limits = Limits(), isSolo: Bool = false) {
        self.limits = limits
        self.isSolo = isSolo
    }

    /// The first action: whoever the last message of the opening is for has the floor.
    public mutating func start(with opening: [Trajectory.Entry]) -> DialogueAction {
        guard let last = opening.last else {
            awaitsOpening = true
            return .ask(.agent)
        }
        take(last.message)
        switch last.message.role {
        case .tool:
            origin = .environment
            destination = last.requester == .user ? .user : .agent
        case .user:
            origin = .user
            destination = pending.isToolCall ? .environment : .agent
            if Self.endsForUser(pending) { termination = .userStop }
        default:
            origin = .agent
            destination = pending.isToolCall ? .environment : .user
            if isAgentStop(pending) { termination = .agentStop }
        }
        checkProtocol()
        return proceed()
    }

    /// The next action after something happened.
    public mutating func next(after event: DialogueEvent) -> DialogueAction {
        switch event {
        case .message(let message, from: let participant):
            take(message)
            if awaitsOpening {
                takeFirstSoloMessage()
                return proceed()
            }
            takeReply(from: participant)
            finishStep()
        case .results(let results, for: let participant):
            errorCount += results.count { $0.isError }
            pending = Pending(text: nil, calls: [])
            origin = .environment
            destination = Place(participant)
            finishStep()
        case .timeExpired:
            timeIsUp = true
            // The time is looked at after a step; before the first there is none.
            if termination == nil, stepCount > 0, destination != .environment { termination = .timeout }
        }
        return proceed()
    }

    /// Whether a user's message ends the dialogue.
    static func endsForUser(_ message: Pending) -> Bool {
        guard !message.isToolCall, let text = message.text else { return false }
        return Tau2Token.userEnds.contains { text.containsText($0) }
    }

    private mutating func take(_ message: Message) {
        pending = Pending(text: message.text, calls: message.toolCalls)
        if message.role == .assistant, pending.hasText { finalAnswer = pending.text }
    }

    /// A solo agent opens the dialogue itself; that is no step, and no limit is looked at.
    private mutating func takeFirstSoloMessage() {
        awaitsOpening = false
        origin = .agent
        if pending.isToolCall {
            destination = .environment
            if isAgentStop(pending) {
                destination = .user
                termination = .agentStop
            }
        } else if isSolo {
            destination = .user
            termination = isAgentStop(pending) ? .agentStop : .agentError
        } else {
            destination = .user
        }
        checkProtocol()
    }

    private mutating func takeReply(from participant: Participant) {
        origin = Place(participant)
        if participant == .user {
            if Self.endsForUser(pending) { termination = .userStop }
            destination = pending.isToolCall ? .environment : .agent
            return
        }
        let stops = isAgentStop(pending)
        if stops { termination = .agentStop }
        destination = pending.isToolCall ? .environment : .user
        if isSolo, !pending.isToolCall, !stops { termination = .agentError }
    }

    private func isAgentStop(_ message: Pending) -> Bool {
        isSolo && message.text?.containsText(Tau2Token.stop) == true
    }

    private mutating func finishStep() {
        checkProtocol()
        stepCount += 1
        guard destination != .environment else { return }
        if stepCount >= limits.maxSteps { termination = .maxSteps }
        if errorCount >= limits.maxErrors { termination = .tooManyErrors }
        if timeIsUp, termination == nil { termination = .timeout }
    }

    private mutating func checkProtocol() {
        guard limits.enforcesProtocol, origin != .environment else { return }
        let isBroken =
            pending.isToolCall == pending.hasText
            || (origin == .agent && isSolo && pending.hasText && !isAgentStop(pending))
        if isBroken { termination = origin == .user ? .userError : .agentError }
    }

    private func proceed() -> DialogueAction {
        if let termination { return .finish(termination) }
        if awaitsOpening { return .ask(.agent) }
        switch destination {
        case .agent: return .ask(.agent)
        case .user: return .ask(.user)
        case .environment: return .execute(pending.calls, by: origin == .user ? .user : .agent)
        }
    }
}

/// The words with which a participant ends a dialogue.
enum Tau2Token {
    static let stop = "###STOP###"
    static let transfer = "###TRANSFER###"
    static let outOfScope = "###OUT-OF-SCOPE###"
    static let userEnds = [stop, transfer, outOfScope]
}

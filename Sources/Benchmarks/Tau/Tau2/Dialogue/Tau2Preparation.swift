import Evaluation
import JSON

/// A dialogue that is ready to begin: the world in the task's state, and what was already said.
struct Tau2Preparation: Sendable {
    /// The world, the task's history replayed in it.
    var world: any TauWorld
    /// What was already said; empty where an agent without a user begins.
    var opening: [Tau2Message]

    /// Prepares a task's dialogue as the official orchestrator does; throws what that raises.
    ///
    /// `timestamp` stands in error texts for the time of the replay.
    init(
        _ task: Tau2Task, in domain: Tau2Domain, isSolo: Bool, timestamp: String,
        identifiers: IdentifierSource = .derived
    ) throws(PythonException) {
        let history = (task.initialState?.messageHistory ?? []).map { Self.dated($0, timestamp) }
        world = try domain.makeWorld(isSolo: isSolo, identifiers: identifiers)
        if isSolo, !Tau2SoloAgent.canSolve(task) { throw Self.unsolvable(task) }
        try world.setState(
            task.initialState?.worldState ?? InitialState(), history: history.map(\.recorded),
            strictness: .strict(timestamp: timestamp))
        guard history.isEmpty else {
            try Self.validate(history)
            opening = history
            return
        }
        opening = isSolo ? [] : [Self.greeting]
    }

    /// A message of a history as of now: when and where it once was said counts for nothing.
    private static func dated(_ message: Tau2Message, _ timestamp: String) -> Tau2Message {
        var message = message
        message.turnIndex = nil
        message.timestamp = timestamp
        return message
    }

    /// What the official agents that are given a task's gold data say about a task without any.
    static func unsolvable(_ task: Tau2Task) -> PythonException {
        PythonException(.assertionError, "Task \(task.id) is not valid. Cannot run GT agent.")
    }

    private static let greeting: Tau2Message = {
        var message = Tau2Message(role: .assistant, content: Tau2Prompts.greeting)
        message.cost = 0
        return message
    }()

    /// Checks that a history is one: each message says or calls something, and calls are followed by their results.
    ///
    /// A text between a call and its results does not reset the count, as officially.
    private static func validate(_ history: [Tau2Message]) throws(PythonException) {
        var missing = 0
        var requestor: Requestor?
        for message in history {
            switch message.role {
            case .system:
                throw .value("Invalid message type: <class 'tau2.data_model.message.SystemMessage'>")
            case .tool:
                guard missing != 0, let caller = requestor else { throw .value("No tool messages expected.") }
                guard caller == message.requestor else {
                    throw .value(
                        "Got tool message from \(message.requestor.rawValue), expected \(caller.rawValue).")
                }
                missing -= 1
            case .assistant, .user:
                try validate(message)
                guard let calls = message.toolCalls else {
                    requestor = nil
                    continue
                }
                guard missing <= 0 else {
                    throw .value("\(missing) tool messages are missing. Got \(message.role.rawValue) message.")
                }
                missing = calls.count
                requestor = message.role == .user ? .user : .assistant
            }
        }
    }

    private static func validate(_ message: Tau2Message) throws(PythonException) {
        guard !message.hasText, !message.isToolCall else { return }
        let name = message.role == .user ? "UserMessage" : "AssistantMessage"
        throw .value("\(name) must have either content or tool_calls. Got \(name)\nis_final_chunk: True")
    }
}

public import Evaluation
import JSON

/// The rules of an original τ-bench dialogue: user and agent take turns until the user says the stop token, a
/// terminating tool was called, or the agent has used up its turns.
///
/// A turn of the agent is one reply, whether it speaks or calls a tool; of several calls the first counts. The user's
/// first message ends nothing, whatever is in it. A reply that cannot be used is the agent's failure.
public struct Tau1Rules: DialogueRules {
    private let maxTurns: Int
    private let terminatingTools: Set<String>
    private let reader: Tau1ActionReader
    private var turns = 0
    private var hasOpened = false
    private var calledTool: String?
    /// What the agent last said to the user.
    public private(set) var finalAnswer: String?

    /// Makes the rules of one dialogue.
    public init(maxTurns: Int = 30, terminatingTools: Set<String>, strategy: Tau1AgentStrategy) {
        self.maxTurns = maxTurns
        self.terminatingTools = terminatingTools
        reader = Tau1ActionReader(strategy: strategy)
    }

    /// The user begins.
    public mutating func start(with opening: [Trajectory.Entry]) -> DialogueAction { .ask(.user) }

    /// The next action after something happened.
    public mutating func next(after event: DialogueEvent) -> DialogueAction {
        switch event {
        case .message(let message, from: .user): return next(afterUser: message)
        case .message(let message, from: _): return next(afterAgent: message)
        case .results(let results, for: _):
            if results.contains(where: \.hasEndedRun) { return .finish(.agentError) }
            if let calledTool, terminatingTools.contains(calledTool) { return .finish(.transfer) }
            return nextTurn()
        case .timeExpired: return .finish(.timeout)
        }
    }

    /// An agent's model that breaks its protocol has failed at the task; any other failure ends the episode.
    public mutating func next(
        afterFailureOf participant: Participant, _ error: EvaluationError
    ) -> DialogueAction? {
        guard participant == .agent, error.cause == .model else { return nil }
        return .finish(error.code == .contextWindowExceeded ? .contextWindowExceeded : .agentError)
    }

    private mutating func next(afterUser message: Message) -> DialogueAction {
        guard hasOpened else {
            hasOpened = true
            return .ask(.agent)
        }
        if message.text?.containsText(Tau1Environment.stopToken) == true { return .finish(.userStop) }
        return nextTurn()
    }

    private mutating func next(afterAgent message: Message) -> DialogueAction {
        turns += 1
        let action: Tau1Action
        do throws(EvaluationError) {
            action = try reader.action(of: message)
        } catch {
            return .finish(.agentError)
        }
        if action.isRespond {
            switch action.arguments["content"] {
            case .string(let text)?: finalAnswer = text
            case .null?: break
            // Nothing that a user can be told: the official code ends here with an exception, or with a refused request.
            default: return .finish(.agentError)
            }
            return .ask(.user)
        }
        calledTool = action.name
        let id = message.toolCalls.first?.id ?? ""
        return .execute([ToolCall(id: id, name: action.name, arguments: action.arguments)], by: .agent)
    }

    private func nextTurn() -> DialogueAction { turns >= maxTurns ? .finish(.maxTurns) : .ask(.agent) }
}

extension Termination {
    /// A tool that ends the dialogue was called: the user is handed over to a person.
    public static let transfer = Self("transfer")

    /// Whether the official environment has come to its end, and so to a reward.
    var isDoneInTau1: Bool { self == .userStop || self == .transfer }
}

extension ToolResult {
    /// Whether the call ended the official run, which the environment says beside the result's text.
    var hasEndedRun: Bool { structured?["has_ended_run"]?.boolValue == true }

    /// The result of a call that ended the official run.
    static func endingRun(_ text: String) -> ToolResult {
        ToolResult(content: text, isError: true, structured: ["has_ended_run": true])
    }
}

public import Evaluation
import JSON

/// The rules of an agent that works alone: it calls tools until it gives its final answer or its turns are used up.
///
/// A reply without tool calls is the final answer. Calls are run one by one; a tool whose `x-gage.final_answer_from` names
/// keys of its result ends the dialogue with the first of them that holds text, and calls after it are dropped. So does a
/// result that the world marks with a final answer.
public struct AgentRules: DialogueRules {
    /// What an agent is told on its way.
    public struct Remarks: Sendable, Hashable {
        /// Numbers of turns left at which the agent is told so.
        public var turnNotices: [Int]
        /// What an agent is told, once, that replied without calling a tool; nil takes the reply for its answer.
        public var nudge: String?

        /// Says nothing unless told otherwise.
        public init(turnNotices: [Int] = [], nudge: String? = nil) {
            self.turnNotices = turnNotices
            self.nudge = nudge
        }
    }

    private let maxTurns: Int
    private var remarks: Remarks
    private var pending: [String] = []
    private let answerKeys: [String: [String]]
    private var turns = 0
    private var calls: ArraySlice<ToolCall> = []
    /// The final answer; nil until there is one.
    public private(set) var finalAnswer: String?

    /// Makes the rules for an agent with these tools and so many turns.
    public init(maxTurns: Int, tools: [ToolDefinition], remarks: Remarks = Remarks()) {
        self.maxTurns = maxTurns
        self.remarks = remarks
        var keys: [String: [String]] = [:]
        for tool in tools {
            let setting = tool.extensions["final_answer_from"] ?? tool.extensions["final_answer_key"]
            if let key = setting?.stringValue { keys[tool.name] = [key] }
            if let list = setting?.arrayValue { keys[tool.name] = list.compactMap(\.stringValue) }
        }
        answerKeys = keys
    }

    /// The agent begins.
    public mutating func start(with opening: [Trajectory.Entry]) -> DialogueAction { .ask(.agent) }

    /// The next action after something happened.
    public mutating func next(after event: DialogueEvent) -> DialogueAction {
        switch event {
        case .message(let message, _):
            turns += 1
            guard message.toolCalls.isEmpty else {
                calls = message.toolCalls[...]
                return nextCall()
            }
            if let nudge = remarks.nudge, turns < maxTurns {
                remarks.nudge = nil
                pending.append(nudge)
                return .ask(.agent)
            }
            finalAnswer = message.text ?? ""
            return .finish(.finalAnswer)
        case .results(let results, _):
            if let call = calls.popFirst(), let result = results.first, !result.isError,
                let answer = result.finalAnswer ?? answer(in: result, of: call.name)
            {
                finalAnswer = answer
                return .finish(.finalAnswer)
            }
            return nextCall()
        case .timeExpired:
            return .finish(.timeout)
        }
    }

    /// A model that breaks its protocol has failed at the task; any other failure ends the episode.
    public mutating func next(
        afterFailureOf participant: Participant, _ error: EvaluationError
    ) -> DialogueAction? {
        guard error.cause == .model else { return nil }
        return .finish(error.code == .contextWindowExceeded ? .contextWindowExceeded : .agentError)
    }

    /// A nudge that is due, and how many turns are left where the agent is to know.
    public mutating func remark() -> Message? {
        var lines = pending
        pending = []
        let left = maxTurns - turns
        if remarks.turnNotices.contains(left) { lines.append("Turns left: \(left).") }
        return lines.isEmpty ? nil : .user(lines.joined(separator: "\n"))
    }

    private func nextCall() -> DialogueAction {
        if let call = calls.first { return .execute([call], by: .agent) }
        return turns >= maxTurns ? .finish(.maxTurns) : .ask(.agent)
    }

    private func answer(in result: ToolResult, of tool: String) -> String? {
        guard let keys = answerKeys[tool] else { return nil }
        // A result that is no JSON has no keys, and so no answer.
        guard let value = result.structured ?? (try? JSONValue.parse(result.content)) else { return nil }
        for key in keys {
            let found = value[key]?.stringValue ?? value["output"]?[key]?.stringValue
            if let found, found.contains(where: { !$0.isWhitespace }) { return found }
        }
        return nil
    }
}

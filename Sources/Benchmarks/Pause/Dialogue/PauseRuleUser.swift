import Evaluation
import JSON

/// A scripted user: says what it needs, calls the tools that it is explicitly asked to call, and stops when all is done.
struct PauseRuleUser: DialogueParticipant {
    private var habits: PauseRuleUserHabits
    private var heard = ""
    private var replies = 0

    init(task: PauseTask) { habits = PauseRuleUserHabits(task: task) }

    mutating func receive(_ message: Message) {
        // Results of its own calls change nothing: the assistant is told, and asks again where it must.
        guard message.role != .tool, message.role != .user, let text = message.text else { return }
        heard = text
    }

    mutating func reply(in scope: EpisodeScope) async throws -> Trajectory.Entry {
        defer { replies += 1 }
        let message: Message
        switch replies == 0 ? .say(habits.opening) : habits.answer(to: heard) {
        case .say(let text): message = .user(text)
        case .call(let requests):
            let calls = requests.enumerated().map { place, request in
                ToolCall(
                    id: "user_call_\(replies)_\(place + 1)", name: request.name, arguments: request.arguments)
            }
            message = Message(role: .user, content: .empty, toolCalls: calls)
        }
        var entry = Trajectory.Entry(message, by: .user)
        entry.model = PauseClients.ruleUser
        return entry
    }
}

import Evaluation
import JSON

/// An assistant that plays a task's known solution, or plays it with one planted fault.
struct PauseScriptedAssistant: DialogueParticipant {
    private var player: PauseSolutionPlayer
    private let model: String
    private var replies = 0

    init(_ script: PauseScript, task: PauseTask, wallet: Wallet) {
        player = PauseSolutionPlayer(script, task: task, wallet: wallet)
        model = script.rawValue
    }

    mutating func receive(_ message: Message) {
        guard message.role == .tool, let text = message.text else { return }
        // A result that is not JSON tells the script nothing that it needs.
        player.learn((try? JSONValue.parse(text)) ?? .null, of: message.name ?? "")
    }

    mutating func reply(in scope: EpisodeScope) async throws -> Trajectory.Entry {
        replies += 1
        let message: Message
        switch player.next() {
        case .say(let text): message = .assistant(text)
        case .call(let name, let arguments):
            message = .assistant(nil, toolCalls: [ToolCall(id: "call_\(replies)", name: name, arguments: arguments)])
        }
        var entry = Trajectory.Entry(message, by: .agent)
        entry.model = model
        return entry
    }
}

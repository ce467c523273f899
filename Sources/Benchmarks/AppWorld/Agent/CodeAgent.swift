import Engine
import Evaluation
import JSON

/// An agent that writes one program a turn and reads what it printed.
///
/// In the trajectory each program is a call of ``CodeWorld/tool``; the model itself sees text only.
struct CodeAgent: DialogueParticipant {
    /// The most characters of an output that the model sees.
    let outputLimit: Int
    private var view: [Message] = []
    private var parameters: JSONObject = [:]
    private var replies = 0

    init(outputLimit: Int) { self.outputLimit = outputLimit }

    mutating func adopt(tools: [ToolDefinition], samplingParameters: JSONObject) { parameters = samplingParameters }

    mutating func receive(_ message: Message) {
        guard message.role == .tool else { return view.append(message) }
        view.append(.user(observation(message.text ?? "")))
    }

    mutating func reply(in scope: EpisodeScope) async throws -> Trajectory.Entry {
        let sampling = (scope.adapter.agentBackend?.samplingParameters ?? [:]).merging(parameters)
        let model = try scope.adapter.requireModel()
        let request = ChatRequest(messages: view, parameters: sampling)
        let response = try await model.respond(to: request, in: scope.call("agent", index: replies))
        replies += 1
        let block = CodeBlock(response.message.text ?? "")
        view.append(.assistant(block.kept))
        var entry = Trajectory.Entry(answer: response, by: .agent)
        entry.message.toolCalls = [
            ToolCall(id: "program_\(replies)", name: CodeWorld.tool, arguments: ["code": .string(block.code)])
        ]
        return entry
    }

    private func observation(_ output: String) -> String {
        var shown = output
        if output.count > outputLimit {
            let half = outputLimit / 2
            shown =
                "\(output.prefix(half))\n... \(output.count - 2 * half) characters left out ...\n"
                + output.suffix(half)
        }
        return "Output:\n```\n\(shown)\(shown.hasSuffix("\n") ? "" : "\n")```"
    }
}

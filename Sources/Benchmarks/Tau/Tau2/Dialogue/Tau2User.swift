import Evaluation
import JSON

/// The simulated user of τ²-bench: sees the agent's texts and the results of its own calls, nothing else.
///
/// To its model the roles are turned round: the user's own messages are the assistant's, the agent's are the user's.
struct Tau2User: Tau2Speaker {
    let participant = Participant.user
    private let model: any ChatModel
    private let parameters: JSONObject
    private let tools: [ToolDefinition]
    private var view: [Message]
    private var replies = 0

    /// What a simulated user is made of.
    struct Setup: Sendable {
        /// The model that plays the user.
        var model: any ChatModel
        /// The whole system prompt.
        var systemPrompt: String
        /// The user's own tools.
        var tools: [ToolDefinition]
        /// Sampling parameters of every call.
        var parameters: JSONObject
    }

    /// Makes a user who has heard and said nothing yet.
    init(_ setup: Setup) {
        model = setup.model
        parameters = setup.parameters
        tools = setup.tools
        view = [.system(setup.systemPrompt)]
    }

    /// Adds what reaches the user: the agent's text or the result of the user's own call.
    ///
    /// A message of the user's own, from a history, is added as such. Blank texts are passed over, as officially.
    mutating func receive(_ message: Message) throws(EvaluationError) {
        switch message.role {
        case .tool:
            view.append(message)
        case .user:
            view.append(message.asOwn)
        default:
            guard message.text?.hasTextForPython == true else { return }
            view.append(Message(role: .user, content: message.content))
        }
    }

    func makeRequest() -> ChatRequest {
        ChatRequest(
            messages: view, tools: tools, toolChoice: .automatic(for: tools), parameters: parameters)
    }

    mutating func accept(_ reply: Message) throws(EvaluationError) -> Message {
        let message = Message(role: .user, content: reply.content, toolCalls: reply.toolCalls)
        try refuseEmpty(message)
        view.append(reply.asOwn)
        replies += 1
        return message
    }

    /// The user's next message.
    mutating func reply(in scope: EpisodeScope) async throws -> Trajectory.Entry {
        let response = try await ask(model, makeRequest(), in: scope.call("user", index: replies))
        return Trajectory.Entry(try accept(response.message), by: .user, from: response)
    }
}

import Engine
import Evaluation
import JSON

/// A user whom a chat model plays: sees the assistant's texts and the results of its own calls, nothing else.
///
/// To its model the roles are turned round.
struct PauseModelUser: DialogueParticipant {
    /// What a user is made of.
    struct Setup: Sendable {
        /// The model that plays it.
        var model: any ChatModel
        /// What the model is told.
        var systemPrompt: String
        /// The user's own tools.
        var tools: [ToolDefinition]
        /// Sampling parameters of every call.
        var parameters: JSONObject = [:]
        /// Checks each text; nil where nobody does.
        var validator: PauseUserValidator?
    }

    private let setup: Setup
    private let notes: PauseDialogueNotes
    private let toolNames: Set<String>
    private var view: [Message]
    private var replies = 0

    init(_ setup: Setup, notes: PauseDialogueNotes) {
        self.setup = setup
        self.notes = notes
        toolNames = Set(setup.tools.map(\.name))
        view = [.system(setup.systemPrompt)]
    }

    mutating func receive(_ message: Message) {
        switch message.role {
        case .tool: view.append(message)
        case .user: view.append(Message(role: .assistant, content: message.content, toolCalls: message.toolCalls))
        default:
            for place in view.indices { view[place].reasoning = nil }
            view.append(Message(role: .user, content: message.content))
        }
    }

    mutating func reply(in scope: EpisodeScope) async throws -> Trajectory.Entry {
        let request = ChatRequest(
            messages: view, tools: setup.tools, toolChoice: .auto, parameters: setup.parameters)
        var response = try await setup.model.respond(to: request, in: scope.call("user", index: replies))
        replies += 1
        var message = try Self.attributed { () throws(EvaluationError) in try accept(response.message) }
        view.append(Message(role: .assistant, content: message.content, toolCalls: message.toolCalls))
        if message.toolCalls.isEmpty, let validator = setup.validator {
            let text = try await validator.settle(message.text ?? "", after: view, in: scope, notes: notes)
            message.content = .text(text)
            view[view.count - 1].content = .text(text)
        }
        response.message = message
        return Trajectory.Entry(answer: response, by: .user)
    }

    /// The model's reply as the user's message; calls of tools that are not the user's become a question.
    func accept(_ reply: Message) throws(EvaluationError) -> Message {
        let reply = try reply.asOneOfTextAndCalls(of: "user")
        if reply.toolCalls.contains(where: { !toolNames.contains($0.name) }) {
            return .user(PausePrompts.clarification(tools: setup.tools.map(\.name)))
        }
        return Message(role: .user, content: reply.content, toolCalls: reply.toolCalls)
    }

    /// A user's model that fails is the simulator's fault, never the assistant's.
    private static func attributed<Value>(_ body: () throws(EvaluationError) -> Value) throws(EvaluationError) -> Value
    {
        do {
            return try body()
        } catch {
            throw EvaluationError(error.code, error.message, cause: .provider, retry: .worthwhile)
        }
    }
}

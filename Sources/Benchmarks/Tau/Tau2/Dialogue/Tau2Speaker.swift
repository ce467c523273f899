import Evaluation
import JSON

/// The pure half of a participant: its view of the dialogue, what it asks its model, and what it makes of the reply.
///
/// It does no I/O, so that recorded dialogues can be played through it reply by reply.
protocol Tau2Speaker: DialogueParticipant {
    /// Who speaks.
    var participant: Participant { get }

    /// What to ask the model now.
    func makeRequest() -> ChatRequest

    /// Takes the model's reply into the view and gives the message that the others get, in the trajectory's
    /// orientation. Throws where the official code raises.
    mutating func accept(_ reply: Message) throws(EvaluationError) -> Message
}

extension Tau2Speaker {
    /// Asks a model as the official code does: a reply that cannot be used gives the simulation up, which is then tried
    /// again from its beginning.
    func ask(
        _ model: any ChatModel, _ request: ChatRequest, in context: CallContext
    ) async throws -> ChatResponse {
        do {
            return try await model.respond(to: request, in: context)
        } catch var error as EvaluationError
            where error.code == .modelMalformedToolCall || error.code == .modelEmptyReply
        {
            error.retry = .worthwhile
            if participant == .user { error.cause = .provider }
            throw error
        }
    }

    /// Refuses a message with neither text nor calls.
    func refuseEmpty(_ message: Message) throws(EvaluationError) {
        guard message.toolCalls.isEmpty, message.text?.hasTextForPython != true else { return }
        let className = participant == .agent ? "AssistantMessage" : "UserMessage"
        let official = PythonException(
            .valueError,
            "\(className) must have either content or tool_calls. Got \(className)\nis_final_chunk: True")
        throw official.asReplyError(
            .modelEmptyReply, "the \(participant.rawValue)'s model gave an empty reply", by: participant)
    }
}

extension ToolChoice {
    /// Free to call the tools, where there are any.
    static func automatic(for tools: [ToolDefinition]) -> ToolChoice? { tools.isEmpty ? nil : .auto }
}

extension Message {
    /// The message as its author's model sees it again: what was said and called, nothing of how it came about.
    var asOwn: Message { Message(role: .assistant, content: content, toolCalls: toolCalls) }
}

extension Trajectory.Entry {
    /// Records a message with what its making cost.
    init(_ message: Message, by speaker: Participant, from response: ChatResponse) {
        self.init(message, by: speaker, duration: response.duration)
        usage = response.usage
        cost = response.cost
        model = response.model
        finishReason = response.finishReason.name
    }
}

public import Evaluation
public import JSON

/// A model in this process whose answers a brain decides: no server, no cost, no waiting.
public struct BrainModel: ChatModel {
    /// The model's name.
    public let name: String
    private let brain: any MockBrain

    /// Makes a model from a brain.
    public init(name: String, brain: any MockBrain) {
        self.name = name
        self.brain = brain
    }

    /// Asks the brain.
    ///
    /// A scripted failure becomes the same error as over HTTP; a script without an answer is `model.script_exhausted`.
    public func respond(to request: ChatRequest, in context: CallContext) async throws -> ChatResponse {
        try Task.checkCancellation()
        let question = MockRequest(
            model: name, messages: request.messages, tools: request.tools, parameters: request.parameters,
            context: context)
        let reply = await brain.reply(to: question)
        try Task.checkCancellation()
        if let failure = reply.failure { throw Self.error(failure) }
        let calls = reply.identifiedToolCalls(in: question)
        var message = Message.assistant(reply.text, toolCalls: calls)
        message.reasoning = reply.reasoning
        if calls.isEmpty, !message.hasText {
            throw EvaluationError(.modelEmptyReply, "the reply has neither text nor tool calls", cause: .model)
        }
        return ChatResponse(
            message: message, finishReason: Self.finishReason(reply, calls), model: name,
            usage: reply.usage(answering: question), cost: 0)
    }

    private static func finishReason(_ reply: MockReply, _ calls: [ToolCall]) -> ChatResponse.FinishReason {
        guard let name = reply.finishReason else { return calls.isEmpty ? .stop : .toolCalls }
        return ChatResponse.FinishReason(name: name)
    }

    private static func error(_ failure: MockReply.Failure) -> EvaluationError {
        if failure.code == MockReply.Failure.exhaustedCode {
            return EvaluationError(
                .scriptExhausted, failure.message, cause: .configuration,
                advice: "add replies to the script, or let it cycle")
        }
        return ProviderFailure(redactor: SecretRedactor([])).error(failure)
    }
}

extension BrainModel: FingerprintedModel {
    /// The name: what a brain knows cannot be told, so its answers are not worth caching across runs.
    public var fingerprint: JSONValue { ["brain": .string(name)] }
}

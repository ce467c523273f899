import Evaluation
import JSON

/// Reads a model's reply.
///
/// The JSON comes from a server that nobody vouches for: whatever is not of the protocol becomes a typed error, and
/// what it quotes from the reply is cut short and free of secrets.
struct ReplyReader {
    let format: any WireFormat
    /// The protocol, under which blocks to be given back are kept.
    let wire: WireProtocol
    let price: ModelPricing
    let fallbackModel: String
    let keepsRaw: Bool
    let redactor: SecretRedactor
    /// How many calls of this purpose came before, for the identifiers of tool calls that have none.
    let callIndex: Int

    init(_ settings: HTTPModelSettings, price: ModelPricing, redactor: SecretRedactor, callIndex: Int) {
        wire = settings.provider.wire
        format = wire.format(settings)
        self.price = price
        fallbackModel = settings.model
        keepsRaw = settings.keepsRawReplies
        self.redactor = redactor
        self.callIndex = callIndex
    }

    /// Reads the body of a successful response.
    func response(from bytes: [UInt8]) throws -> ChatResponse {
        let value: JSONValue
        do {
            value = try JSONValue.parse(bytes: bytes)
        } catch {
            let start = redactor.excerpt(String(decoding: bytes.prefix(1000), as: UTF8.self), upTo: 200)
            throw malformed("the reply is not JSON (\(error)); it starts with \(start.debugDescription)")
        }
        return try response(from: value)
    }

    /// Reads a reply that is parsed already.
    func response(from reply: JSONValue) throws -> ChatResponse {
        guard case .object(let object) = reply else {
            throw malformed("the reply is \(reply.typeName), not an object")
        }
        if let error = object["error"], !error.isNull, object["choices"]?.arrayValue?.isEmpty != false {
            throw failure(error)
        }
        let parts = try format.parts(of: object, self)
        var message = Message(
            role: .assistant, content: content(of: parts), toolCalls: parts.toolCalls, reasoning: parts.reasoning)
        if let reasoning = message.reasoning, reasoning.isEmpty { message.reasoning = nil }
        if parts.toolCalls.isEmpty, !message.hasText { throw empty(parts) }
        var response = ChatResponse(
            message: message, finishReason: parts.finishReason, model: parts.model ?? fallbackModel,
            usage: parts.usage, cost: price.cost(of: parts.usage, reported: parts.reportedCost))
        if keepsRaw { response.raw = reply }
        return response
    }

    /// The tool calls of a list in OpenAI's form.
    func toolCalls(_ list: JSONValue?) throws(EvaluationError) -> [ToolCall] {
        try ToolCallReader(redactor: redactor, callIndex: callIndex).read(list)
    }

    /// The error for an `error` object inside a reply.
    func failure(_ error: JSONValue) -> EvaluationError { ProviderFailure(redactor: redactor).errorInside(error) }

    /// The error for a reply that is not of the protocol.
    func malformed(_ message: String) -> EvaluationError {
        EvaluationError(.providerMalformedReply, message, cause: .provider, retry: .worthwhile)
    }

    /// Blocks are carried with tool calls only, because that is where providers need them.
    private func content(of parts: ReplyParts) -> Message.Content {
        guard !parts.carried.isEmpty, !parts.toolCalls.isEmpty else { return parts.text.map { .text($0) } ?? .empty }
        let segments = parts.carried.map { CarriedBlock.segment($0, of: wire) }
        return .segments(segments + [parts.text].compactMap { $0.map { .text($0) } })
    }

    private func empty(_ parts: ReplyParts) -> EvaluationError {
        switch parts.finishReason {
        case .contentFilter:
            EvaluationError(.modelRefused, "a content filter withheld the reply", cause: .model)
        case .length:
            EvaluationError(
                .modelEmptyReply,
                "the reply is empty: the token limit was used up\(parts.reasoning == nil ? "" : " by reasoning")",
                cause: .model, advice: "allow more tokens (max_new_tokens)")
        default:
            EvaluationError(
                .modelEmptyReply,
                "the reply has neither text nor tool calls (finish reason \(parts.finishReason.name))", cause: .model)
        }
    }
}

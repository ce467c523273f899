import Evaluation
import JSON

/// Reads a chat completion.
///
/// The JSON comes from a server that nobody vouches for: whatever is not of the protocol becomes a typed error, and
/// what it quotes from the reply is cut short and free of secrets.
struct OpenAIReply {
    let price: OpenAIPricing
    let fallbackModel: String
    let keepsRaw: Bool
    let redactor: SecretRedactor
    /// How many calls of this purpose came before, for the identifiers of tool calls that have none.
    let callIndex: Int

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

    /// Reads a completion that is parsed already.
    func response(from completion: JSONValue) throws -> ChatResponse {
        guard case .object(let object) = completion else {
            throw malformed("the reply is \(completion.typeName), not an object")
        }
        if let error = object["error"], !error.isNull, object["choices"]?.arrayValue?.isEmpty != false {
            throw OpenAIFailure(redactor: redactor).errorInside(error)
        }
        guard let choices = object["choices"]?.arrayValue else { throw malformed("the reply has no 'choices'") }
        guard let choice = choices.first else { throw malformed("the reply's 'choices' are empty") }
        if let error = choice["error"], !error.isNull { throw OpenAIFailure(redactor: redactor).errorInside(error) }
        guard let message = choice["message"]?.objectValue else { throw malformed("the reply has no message") }
        let toolCalls = try OpenAIToolCalls(redactor: redactor, callIndex: callIndex).read(message["tool_calls"])
        let text = Self.text(of: message)
        let reason = Self.finishReason(choice["finish_reason"]?.stringValue, callsTools: !toolCalls.isEmpty)
        var reply = Message(role: .assistant, content: text.map { .text($0) } ?? .empty, toolCalls: toolCalls)
        reply.reasoning = Self.reasoning(of: message)
        if toolCalls.isEmpty, !reply.hasText { throw empty(reason, reasoned: reply.reasoning != nil) }
        let usage = object["usage"].flatMap(OpenAIUsage.read)
        var response = ChatResponse(
            message: reply, finishReason: reason, model: object["model"]?.stringValue ?? fallbackModel, usage: usage,
            cost: price.cost(of: usage, reported: object["usage"]?["cost"]))
        if keepsRaw { response.raw = completion }
        return response
    }

    private static func text(of message: JSONObject) -> String? {
        switch message["content"] {
        case .string(let text)? where !text.isEmpty: return text
        case .array(let segments)?:
            let texts = segments.compactMap { $0.stringValue ?? $0["text"]?.stringValue ?? $0["refusal"]?.stringValue }
            if !texts.isEmpty { return texts.joined() }
        default: break
        }
        // A refusal is what the model said, and is judged as that.
        return message["refusal"]?.stringValue
    }

    private static func reasoning(of message: JSONObject) -> String? {
        for key in ["reasoning_content", "reasoning"] {
            if let text = message[key]?.stringValue, !text.isEmpty { return text }
        }
        return nil
    }

    private static func finishReason(_ reason: String?, callsTools: Bool) -> ChatResponse.FinishReason {
        switch reason {
        // Some servers say `stop` whatever the model did.
        case "stop", "eos", "end_turn", "stop_sequence": callsTools ? .toolCalls : .stop
        case "length", "max_tokens": .length
        case "tool_calls", "function_call", "tool_use": .toolCalls
        case "content_filter", "safety": .contentFilter
        default: .unknown
        }
    }

    private func empty(_ reason: ChatResponse.FinishReason, reasoned: Bool) -> EvaluationError {
        switch reason {
        case .contentFilter:
            EvaluationError(.modelRefused, "a content filter withheld the reply", cause: .model)
        case .length:
            EvaluationError(
                .modelEmptyReply,
                "the reply is empty: the token limit was used up\(reasoned ? " by reasoning" : "")", cause: .model,
                advice: "allow more tokens (max_new_tokens)")
        default:
            EvaluationError(
                .modelEmptyReply, "the reply has neither text nor tool calls (finish reason \(reason.name))",
                cause: .model)
        }
    }

    private func malformed(_ message: String) -> EvaluationError {
        EvaluationError(.providerMalformedReply, message, cause: .provider, retry: .worthwhile)
    }
}

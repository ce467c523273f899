import Evaluation
import JSON

/// Reads a chat completion.
struct OpenAIReply {
    let reader: ReplyReader

    /// What the first choice says.
    func parts(of completion: JSONObject) throws(EvaluationError) -> ReplyParts {
        guard let choices = completion["choices"]?.arrayValue else {
            throw reader.malformed("the reply has no 'choices'")
        }
        guard let choice = choices.first else { throw reader.malformed("the reply's 'choices' are empty") }
        if let error = choice["error"], !error.isNull { throw reader.failure(error) }
        guard let message = choice["message"]?.objectValue else { throw reader.malformed("the reply has no message") }
        var parts = ReplyParts()
        parts.toolCalls = try reader.toolCalls(message["tool_calls"])
        parts.text = Self.text(of: message)
        parts.reasoning = Self.reasoning(of: message)
        parts.finishReason = Self.finishReason(
            choice["finish_reason"]?.stringValue, callsTools: !parts.toolCalls.isEmpty)
        parts.model = completion["model"]?.stringValue
        parts.usage = completion["usage"].flatMap(OpenAIUsage.read)
        parts.reportedCost = completion["usage"]?["cost"]
        return parts
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
}

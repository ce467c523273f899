import Evaluation
import JSON

/// Reads a message of Anthropic's.
struct AnthropicReply {
    private static let finishReasons: [String: ChatResponse.FinishReason] = [
        "end_turn": .stop, "stop_sequence": .stop, "pause_turn": .stop, "max_tokens": .length,
        "model_context_window_exceeded": .length, "tool_use": .toolCalls, "refusal": .contentFilter,
    ]
    private static let carriedTypes: Set<String> = ["thinking", "redacted_thinking"]

    let reader: ReplyReader

    func parts(of reply: JSONObject) throws(EvaluationError) -> ReplyParts {
        guard let blocks = reply["content"]?.arrayValue else { throw reader.malformed("the reply has no 'content'") }
        var parts = ReplyParts()
        var calls: [JSONValue] = []
        var texts: [String] = []
        var thoughts: [String] = []
        for block in blocks {
            switch block["type"]?.stringValue {
            case "text"?: texts.append(block["text"]?.stringValue ?? "")
            case "tool_use"?: calls.append(Self.call(block))
            case let type? where Self.carriedTypes.contains(type):
                if let thought = block["thinking"]?.stringValue, !thought.isEmpty { thoughts.append(thought) }
                if let object = block.objectValue { parts.carried.append(object) }
            default: continue
            }
        }
        parts.toolCalls = try reader.toolCalls(.array(calls))
        parts.text = texts.joined().isEmpty ? nil : texts.joined()
        parts.reasoning = thoughts.isEmpty ? nil : thoughts.joined(separator: "\n\n")
        parts.finishReason = reply["stop_reason"]?.stringValue.flatMap { Self.finishReasons[$0] } ?? .unknown
        parts.model = reply["model"]?.stringValue
        parts.usage = reply["usage"].flatMap(Self.usage)
        return parts
    }

    private static func call(_ block: JSONValue) -> JSONValue {
        [
            "id": block["id"] ?? .null,
            "function": ["name": block["name"] ?? .null, "arguments": block["input"] ?? .null],
        ]
    }

    /// Anthropic counts what it read from its cache, and what it wrote to it, apart from the rest of the request.
    private static func usage(_ value: JSONValue) -> Usage? {
        let read = OpenAIUsage.count(value["cache_read_input_tokens"])
        let written = OpenAIUsage.count(value["cache_creation_input_tokens"])
        let fresh = OpenAIUsage.count(value["input_tokens"])
        let usage = Usage(
            inputTokens: fresh.map { $0 + (read ?? 0) + (written ?? 0) },
            outputTokens: OpenAIUsage.count(value["output_tokens"]), cachedInputTokens: read)
        return usage == Usage() ? nil : usage
    }
}

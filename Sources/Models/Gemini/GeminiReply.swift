import Evaluation
import JSON

/// Reads Gemini's reply.
struct GeminiReply {
    private static let finishReasons: [String: ChatResponse.FinishReason] = [
        "STOP": .stop, "MAX_TOKENS": .length, "SAFETY": .contentFilter, "RECITATION": .contentFilter,
        "LANGUAGE": .contentFilter, "BLOCKLIST": .contentFilter, "PROHIBITED_CONTENT": .contentFilter,
        "SPII": .contentFilter, "IMAGE_SAFETY": .contentFilter,
    ]
    /// Reasons that mean that the model called tools wrongly.
    private static let brokenCalls: Set<String> = [
        "MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS",
    ]

    let reader: ReplyReader

    func parts(of reply: JSONObject) throws(EvaluationError) -> ReplyParts {
        if let reason = reply["promptFeedback"]?["blockReason"]?.stringValue {
            throw EvaluationError(
                .modelRefused, "the provider blocked the request (\(reader.redactor.excerpt(reason, upTo: 100)))",
                cause: .model)
        }
        guard let candidate = reply["candidates"]?.arrayValue?.first else {
            throw reader.malformed("the reply has no 'candidates'")
        }
        let reason = candidate["finishReason"]?.stringValue ?? ""
        guard !Self.brokenCalls.contains(reason) else {
            let said = reader.redactor.excerpt(candidate["finishMessage"]?.stringValue ?? "", upTo: 300)
            throw EvaluationError(
                .modelMalformedToolCall,
                "the model called a tool wrongly (\(reason))\(said.isEmpty ? "" : ": \(said)")",
                cause: .model)
        }
        var parts = ReplyParts()
        try read(candidate["content"]?["parts"]?.arrayValue ?? [], into: &parts)
        parts.finishReason = Self.finishReasons[reason] ?? .unknown
        if parts.finishReason == .stop, !parts.toolCalls.isEmpty { parts.finishReason = .toolCalls }
        parts.model = reply["modelVersion"]?.stringValue
        parts.usage = reply["usageMetadata"].flatMap(Self.usage)
        return parts
    }

    private func read(_ list: [JSONValue], into parts: inout ReplyParts) throws(EvaluationError) {
        var text = ""
        var thoughts = ""
        var calls: [JSONObject] = []
        for part in list {
            if let piece = part["text"]?.stringValue {
                if part["thought"]?.boolValue == true { thoughts += piece } else { text += piece }
            } else if part["functionCall"] != nil, let object = part.objectValue {
                calls.append(object)
            }
        }
        parts.text = text.isEmpty ? nil : text
        parts.reasoning = thoughts.isEmpty ? nil : thoughts
        parts.toolCalls = try reader.toolCalls(
            .array(
                calls.map { part in
                    let call = part["functionCall"]
                    return [
                        "id": call?["id"] ?? .null,
                        "function": ["name": call?["name"] ?? .null, "arguments": call?["args"] ?? .null],
                    ]
                }))
        for (call, part) in zip(parts.toolCalls, calls) {
            var carried: JSONObject = ["call": .string(call.id)]
            carried["id"] = part["functionCall"]?["id"]
            carried["thoughtSignature"] = part["thoughtSignature"]
            if carried.count > 1 { parts.carried.append(carried) }
        }
    }

    /// Gemini counts thoughts beside the reply's tokens, and both are paid as output.
    private static func usage(_ value: JSONValue) -> Usage? {
        let spoken = OpenAIUsage.count(value["candidatesTokenCount"])
        let thoughts = OpenAIUsage.count(value["thoughtsTokenCount"])
        let tools = OpenAIUsage.count(value["toolUsePromptTokenCount"])
        let usage = Usage(
            inputTokens: OpenAIUsage.count(value["promptTokenCount"]).map { $0 + (tools ?? 0) },
            outputTokens: spoken == nil && thoughts == nil ? nil : (spoken ?? 0) + (thoughts ?? 0),
            cachedInputTokens: OpenAIUsage.count(value["cachedContentTokenCount"]), reasoningTokens: thoughts)
        return usage == Usage() ? nil : usage
    }
}

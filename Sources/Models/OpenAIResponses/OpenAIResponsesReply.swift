import Evaluation
import JSON

/// Reads a response of OpenAI's responses protocol.
struct OpenAIResponsesReply {
    private static let incompleteReasons: [String: ChatResponse.FinishReason] = [
        "max_output_tokens": .length, "content_filter": .contentFilter,
    ]

    let reader: ReplyReader

    func parts(of reply: JSONObject) throws(EvaluationError) -> ReplyParts {
        guard let output = reply["output"]?.arrayValue else { throw reader.malformed("the reply has no 'output'") }
        var parts = ReplyParts()
        var calls: [JSONValue] = []
        var text = ""
        var thoughts: [String] = []
        for item in output {
            switch item["type"]?.stringValue {
            case "message"?: text += Self.text(of: item)
            case "function_call"?: calls.append(Self.call(item))
            case "reasoning"?:
                thoughts += (item["summary"]?.arrayValue ?? []).compactMap { $0["text"]?.stringValue }
                if let carried = Self.carried(item) { parts.carried.append(carried) }
            default: continue
            }
        }
        parts.toolCalls = try reader.toolCalls(.array(calls))
        parts.text = text.isEmpty ? nil : text
        parts.reasoning = thoughts.isEmpty ? nil : thoughts.joined(separator: "\n\n")
        parts.finishReason = Self.finishReason(of: reply, callsTools: !calls.isEmpty)
        parts.model = reply["model"]?.stringValue
        parts.usage = reply["usage"].flatMap(OpenAIUsage.read)
        return parts
    }

    /// A refusal is what the model said, and is judged as that.
    private static func text(of item: JSONValue) -> String {
        (item["content"]?.arrayValue ?? []).compactMap { ($0["text"] ?? $0["refusal"])?.stringValue }.joined()
    }

    private static func call(_ item: JSONValue) -> JSONValue {
        [
            "id": item["call_id"] ?? .null,
            "function": ["name": item["name"] ?? .null, "arguments": item["arguments"] ?? .null],
        ]
    }

    /// A reasoning item in the form in which it is given back; one without its content means nothing to the provider.
    private static func carried(_ item: JSONValue) -> JSONObject? {
        guard var object = item.objectValue, object["encrypted_content"]?.stringValue != nil else { return nil }
        object["status"] = nil
        return object
    }

    private static func finishReason(of reply: JSONObject, callsTools: Bool) -> ChatResponse.FinishReason {
        switch reply["status"]?.stringValue {
        case "completed"?: callsTools ? .toolCalls : .stop
        case "incomplete"?:
            reply["incomplete_details"]?["reason"]?.stringValue.flatMap { incompleteReasons[$0] } ?? .unknown
        default: .unknown
        }
    }
}

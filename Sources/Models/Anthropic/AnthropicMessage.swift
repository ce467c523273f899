import Evaluation
import JSON

/// Writes messages as Anthropic's content blocks.
enum AnthropicMessage {
    static func blocks(_ message: Message) throws(EvaluationError) -> [JSONValue] {
        switch message.role {
        case .tool: return [try toolResult(message)]
        case .assistant:
            // Thinking stands before what it led to, or the provider refuses the conversation.
            let thinking = CarriedBlock.blocks(in: message, of: .anthropicMessages).map { JSONValue.object($0) }
            return thinking + (try spoken(message)) + message.toolCalls.map(toolUse)
        case .user, .system, .developer: return try spoken(message)
        }
    }

    /// Blank texts are left out: the provider refuses them.
    private static func spoken(_ message: Message) throws(EvaluationError) -> [JSONValue] {
        var blocks: [JSONValue] = []
        for segment in message.spokenSegments {
            switch segment {
            case .text(let text):
                guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else { continue }
                blocks.append(["type": "text", "text": .string(text)])
            case .other(let object): blocks.append(image(try ImageSource(object)))
            }
        }
        return blocks
    }

    private static func toolUse(_ call: ToolCall) -> JSONValue {
        [
            "type": "tool_use", "id": .string(call.id), "name": .string(call.name),
            "input": .object(call.arguments),
        ]
    }

    private static func toolResult(_ message: Message) throws(EvaluationError) -> JSONValue {
        var object: JSONObject = [
            "type": "tool_result", "tool_use_id": .string(message.toolCallID ?? ""),
            "content": .array(try spoken(message)),
        ]
        if message.isError { object["is_error"] = true }
        return .object(object)
    }

    private static func image(_ image: ImageSource) -> JSONValue {
        switch image {
        case .url(let url): ["type": "image", "source": ["type": "url", "url": .string(url)]]
        case .data(let mediaType, let base64):
            [
                "type": "image",
                "source": ["type": "base64", "media_type": .string(mediaType), "data": .string(base64)],
            ]
        }
    }
}

import Evaluation
import JSON

/// Writes messages as the input items of OpenAI's responses protocol.
enum OpenAIResponsesItems {
    static func items(_ message: Message) throws(EvaluationError) -> [JSONValue] {
        guard message.role != .tool else {
            return [
                [
                    "type": "function_call_output", "call_id": .string(message.toolCallID ?? ""),
                    "output": .string(message.text ?? ""),
                ]
            ]
        }
        // Reasoning stands before what it led to.
        var items = CarriedBlock.blocks(in: message, of: .responses).map { JSONValue.object($0) }
        if let content = try content(message) {
            items.append(["role": .string(message.role.rawValue), "content": content])
        }
        return items + message.toolCalls.map(functionCall)
    }

    private static func content(_ message: Message) throws(EvaluationError) -> JSONValue? {
        let segments = message.spokenSegments
        if segments.isEmpty { return message.toolCalls.isEmpty ? "" : nil }
        if segments.count == 1, case .text(let text) = segments[0] { return .string(text) }
        var list: [JSONValue] = []
        for segment in segments {
            switch segment {
            case .text(let text):
                list.append(["type": message.role == .assistant ? "output_text" : "input_text", "text": .string(text)])
            case .other(let object): list.append(image(try ImageSource(object)))
            }
        }
        return .array(list)
    }

    private static func functionCall(_ call: ToolCall) -> JSONValue {
        [
            "type": "function_call", "call_id": .string(call.id), "name": .string(call.name),
            "arguments": .string(JSONValue.object(call.arguments).text()),
        ]
    }

    private static func image(_ image: ImageSource) -> JSONValue {
        let url =
            switch image {
            case .url(let url): url
            case .data(let mediaType, let base64): "data:\(mediaType);base64,\(base64)"
            }
        return ["type": "input_image", "image_url": .string(url)]
    }
}

import Evaluation
import JSON

/// Writes messages as Gemini's parts.
struct GeminiMessage {
    private struct Call {
        var name: String
        /// The identifier that Gemini gave, where it gave one.
        var id: JSONValue?
        var signature: JSONValue?
    }

    private var calls: [String: Call] = [:]

    /// Notes the calls of a conversation, so that results can say what they answer.
    init(_ messages: [Message]) {
        for message in messages where message.role == .assistant {
            for call in message.toolCalls { calls[call.id] = Call(name: call.name) }
            for block in CarriedBlock.blocks(in: message, of: .gemini) {
                guard let id = block["call"]?.stringValue else { continue }
                calls[id]?.id = block["id"]
                calls[id]?.signature = block["thoughtSignature"]
            }
        }
    }

    func parts(_ message: Message) throws(EvaluationError) -> [JSONValue] {
        guard message.role != .tool else { return [toolResult(message)] }
        var parts: [JSONValue] = []
        for segment in message.spokenSegments {
            switch segment {
            case .text(let text):
                guard !text.isEmpty else { continue }
                parts.append(["text": .string(text)])
            case .other(let object): parts.append(Self.image(try ImageSource(object)))
            }
        }
        return parts + message.toolCalls.map(functionCall)
    }

    private func functionCall(_ call: ToolCall) -> JSONValue {
        var function: JSONObject = ["name": .string(call.name), "args": .object(call.arguments)]
        if let id = calls[call.id]?.id { function["id"] = id }
        var part: JSONObject = ["functionCall": .object(function)]
        if let signature = calls[call.id]?.signature { part["thoughtSignature"] = signature }
        return .object(part)
    }

    private func toolResult(_ message: Message) -> JSONValue {
        let call = message.toolCallID.flatMap { calls[$0] }
        var response: JSONObject = [
            "name": .string(call?.name ?? message.name ?? ""),
            "response": [message.isError ? "error" : "output": .string(message.text ?? "")],
        ]
        if let id = call?.id { response["id"] = id }
        return ["functionResponse": .object(response)]
    }

    private static func image(_ image: ImageSource) -> JSONValue {
        switch image {
        case .url(let url): ["fileData": ["fileUri": .string(url)]]
        case .data(let mediaType, let base64):
            ["inlineData": ["mimeType": .string(mediaType), "data": .string(base64)]]
        }
    }
}

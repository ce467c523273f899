import Evaluation
import JSON

/// Messages in the shape of inspect's logs.
enum EvalMessages {
    /// An entry of a trajectory; `number` makes its id within the sample.
    static func json(_ entry: Trajectory.Entry, number: Int) -> JSONValue {
        var object = json(entry.message).objectValue ?? [:]
        object["id"] = .string("m\(number)")
        if entry.message.role == .assistant {
            object["source"] = "generate"
            if let model = entry.model { object["model"] = .string(model) }
        }
        var metadata = object["metadata"]?.objectValue ?? [:]
        metadata["speaker"] = .string(entry.speaker.rawValue)
        if let requester = entry.requester { metadata["requester"] = .string(requester.rawValue) }
        metadata["time"] = JSONValue(entry.time)
        metadata["duration"] = JSONValue(entry.duration)
        if let cost = entry.cost { metadata["cost_usd"] = JSONValue(cost) }
        object["metadata"] = .object(metadata)
        return .object(object)
    }

    /// A message: inspect knows the roles system, user, assistant and tool.
    static func json(_ message: Message) -> JSONValue {
        switch message.role {
        case .system, .developer: return ["role": "system", "content": content(message)]
        case .user:
            var object: JSONObject = ["role": "user", "content": content(message)]
            // A simulated user's own calls: inspect's users make none.
            if !message.toolCalls.isEmpty {
                object["metadata"] = ["tool_calls": .array(message.toolCalls.map(call))]
            }
            return .object(object)
        case .assistant:
            var object: JSONObject = ["role": "assistant", "content": content(message)]
            if !message.toolCalls.isEmpty { object["tool_calls"] = .array(message.toolCalls.map(call)) }
            return .object(object)
        case .tool:
            var object: JSONObject = ["role": "tool", "content": content(message)]
            if let id = message.toolCallID { object["tool_call_id"] = .string(id) }
            if let name = message.name { object["function"] = .string(name) }
            if message.isError {
                object["error"] = ["type": "unknown", "message": .string(message.text ?? "")]
            }
            return .object(object)
        }
    }

    private static func call(_ call: ToolCall) -> JSONValue {
        [
            "id": .string(call.id), "function": .string(call.name), "arguments": .object(call.arguments),
            "type": "function",
        ]
    }

    private static func content(_ message: Message) -> JSONValue {
        var parts: [JSONValue] = []
        if let reasoning = message.reasoning, !reasoning.isEmpty {
            parts.append(["type": "reasoning", "reasoning": .string(reasoning)])
        }
        switch message.content {
        case .empty: break
        case .text(let text):
            guard !parts.isEmpty else { return .string(text) }
            parts.append(["type": "text", "text": .string(text)])
        case .segments(let segments): parts += segments.map(segment)
        }
        return parts.isEmpty ? .string("") : .array(parts)
    }

    private static func segment(_ segment: Message.Segment) -> JSONValue {
        switch segment {
        case .text(let text): return ["type": "text", "text": .string(text)]
        case .other(let object):
            if object["type"] == "image_url",
                let address = object["image_url"]?["url"]?.stringValue ?? object["image_url"]?.stringValue
            {
                return ["type": "image", "image": .string(address)]
            }
            return ["type": "text", "text": .string(JSONValue.object(object).text())]
        }
    }
}

import Evaluation
import JSON

/// Writes trajectories as official result files hold them: the agent's message list.
enum Tau1Messages {
    /// The messages of a trajectory, instructions first.
    static func official(_ trajectory: Trajectory, strategy: Tau1AgentStrategy) -> [JSONValue] {
        trajectory.entries.map { entry in
            let message = entry.message
            switch message.role {
            case .assistant: return assistant(message, strategy)
            case .tool where strategy.writesActions:
                return ["role": "user", "content": .string("API output: \(message.text ?? "")")]
            case .tool:
                return [
                    "role": "tool", "tool_call_id": JSONValue(optional: message.toolCallID),
                    "name": JSONValue(optional: message.name), "content": text(message),
                ]
            case .system, .developer, .user: return ["role": .string(message.role.rawValue), "content": text(message)]
            }
        }
    }

    /// An agent's message as the official client library dumps it.
    private static func assistant(_ message: Message, _ strategy: Tau1AgentStrategy) -> JSONValue {
        let calls = strategy.writesActions ? [] : message.toolCalls
        return [
            "content": text(message), "role": "assistant",
            "tool_calls": calls.isEmpty ? .null : .array(calls.map(call)), "function_call": .null,
        ]
    }

    private static func call(_ call: ToolCall) -> JSONValue {
        [
            "function": [
                "arguments": .string(JSONValue.object(call.arguments).text(.python)), "name": .string(call.name),
            ],
            "id": .string(call.id), "type": "function",
        ]
    }

    private static func text(_ message: Message) -> JSONValue { JSONValue(optional: message.text) }
}

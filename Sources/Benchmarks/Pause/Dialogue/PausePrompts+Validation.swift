import Evaluation
import JSON

extension PausePrompts {
    /// Asks whether the user's last text keeps to the role.
    static func validation(userPrompt: String, view: [Message], text: String) -> [Message] {
        let trace = view.dropLast().compactMap(line) + ["[USER] \(text)"]
        let payload: JSONValue = [
            "role": .string(userPrompt), "conversation": .string(trace.joined(separator: "\n")),
        ]
        return [.system(validatorRules), .user(payload.text())]
    }

    /// A message of the user's view as one line of a transcript.
    private static func line(_ message: Message) -> String? {
        let text = (message.text ?? "").trimmingBlanks
        switch message.role {
        case .system, .developer: return nil
        case .tool: return "[USER TOOL RESULT] \(text)"
        case .user: return text.isEmpty ? nil : "[ASSISTANT] \(text)"
        case .assistant:
            guard message.toolCalls.isEmpty else {
                return message.toolCalls.map { "[USER TOOL CALL] \($0.name)(\($0.arguments))" }.joined(separator: "\n")
            }
            return text.isEmpty ? nil : "[USER] \(text)"
        }
    }

    private static let validatorRules = """
        You supervise somebody who plays a user. You get the role and the conversation so far. Decide about the last \
        [USER] line only: does it keep to the role, without inventing facts, giving away hidden plans, doing the \
        assistant's work or stopping too early? Answer with one JSON object: {"valid": true or false, "reason": \
        "a sentence", "rewrite_last_user_message": "the line as it should be, empty when it is valid"}.
        """
}

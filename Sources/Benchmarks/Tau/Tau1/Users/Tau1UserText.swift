import Evaluation
import JSON

/// Reads and writes the texts that pass between a simulated user and its model.
enum Tau1UserText {
    /// The message in what a user with thoughts has written.
    ///
    /// Officially everything after `Thought:` reaches the agent, the thought with it. Throws ``EvaluationError``, cause
    /// `provider`, for a text without the marks, which is the simulator's fault and not the agent's.
    static func message(in written: String, _ habits: Tau1UserHabits) throws(EvaluationError) -> String {
        if written.containsText(Tau1Environment.stopToken) { return Tau1Environment.stopToken }
        let marks = habits == .official ? ["Thought:", "User Response:"] : ["User Response:", "Thought:"]
        for mark in marks where written.containsText(mark) {
            let parts = written.partsLikePython(separatedBy: mark)
            guard parts.count == 2 else { throw unusable("has '\(mark)' \(parts.count - 1) times") }
            return parts[1].strippedLikePython
        }
        throw unusable("has neither 'Thought:' nor 'User Response:'")
    }

    /// The message that a reflection proposes.
    ///
    /// Throws ``EvaluationError``, cause `provider`, unless `Response:` stands in it exactly once.
    static func proposal(in reflection: String) throws(EvaluationError) -> String {
        let parts = reflection.partsLikePython(separatedBy: "Response:")
        guard parts.count == 2 else { throw unusable("has 'Response:' \(parts.count - 1) times instead of once") }
        return parts[1].strippedLikePython
    }

    /// A user's history as a supervisor reads it; officially the two sides' names are mixed up.
    static func transcript(_ messages: [Message]) -> String {
        messages.map { "\(label(of: $0.role)): \($0.text ?? "None")" }.joined(separator: "\n")
    }

    /// How the official code shows a supervisor a message: as its client library prints the object.
    static func clientObject(saying text: String) -> String {
        "Message(content=\(JSONValue.string(text).pythonRepresentation), role='assistant', tool_calls=None, "
            + "function_call=None, provider_specific_fields={'refusal': None})"
    }

    private static func label(of role: Message.Role) -> String {
        switch role {
        case .user: "Customer"
        case .assistant: "Agent"
        case .system: "System"
        case .developer: "Developer"
        case .tool: "Tool"
        }
    }

    private static func unusable(_ what: String) -> EvaluationError {
        EvaluationError(
            .modelMalformedToolCall, "the simulated user's reply \(what)", cause: .provider, retry: .worthwhile)
    }
}

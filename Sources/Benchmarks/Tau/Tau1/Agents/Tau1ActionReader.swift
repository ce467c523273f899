import Evaluation
import JSON

/// Reads off an agent's message what the agent does.
///
/// The same reading decides in the dialogue, for the user, and when a recorded trajectory is graded.
struct Tau1ActionReader: Sendable, Hashable {
    let strategy: Tau1AgentStrategy

    /// The action of a message.
    ///
    /// Throws ``EvaluationError`` (`model.malformed_tool_call`) for a message that the official agent cannot use, which ends
    /// the official run with reward 0.
    func action(of message: Message) throws(EvaluationError) -> Tau1Action {
        guard strategy.writesActions else { return calledAction(of: message) }
        return try writtenAction(in: message.text)
    }

    /// What a message says to the user; null where it says nothing or calls a tool.
    func answer(in message: Message) -> JSONValue {
        // A message that cannot be read has ended the dialogue, and reaches nobody.
        guard let action = try? action(of: message), action.isRespond else { return .null }
        return action.arguments["content"] ?? .null
    }

    /// The first call, or else the text.
    private func calledAction(of message: Message) -> Tau1Action {
        guard let call = message.toolCalls.first else {
            return .respond(JSONValue(optional: message.text))
        }
        return Tau1Action(name: call.name, arguments: call.arguments)
    }

    /// What follows the last `Action:` as JSON; text that is none is said to the user.
    private func writtenAction(in text: String?) throws(EvaluationError) -> Tau1Action {
        guard let text else { throw Self.unusable("the agent's reply is empty") }
        let written = (text.partsLikePython(separatedBy: "Action:").last ?? "").strippedLikePython
        let value: JSONValue
        do {
            value = try JSONValue.parse(written, options: .init(allowsNonFiniteNumbers: true))
        } catch {
            return .respond(.string(written))
        }
        guard case .object(let object) = value else {
            throw Self.unusable("the agent's action is \(value.typeName), not an object")
        }
        guard let name = object["name"]?.stringValue else {
            throw Self.unusable("the agent's action has no 'name'")
        }
        guard let arguments = object["arguments"]?.objectValue else {
            throw Self.unusable("the agent's action has no 'arguments'")
        }
        return Tau1Action(name: name, arguments: arguments)
    }

    private static func unusable(_ message: String) -> EvaluationError {
        EvaluationError(.modelMalformedToolCall, message, cause: .model)
    }
}

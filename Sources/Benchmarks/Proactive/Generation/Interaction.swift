public import Evaluation
public import JSON

/// One message of the assistant within a decision, and the user's reaction to it.
public struct Interaction: Sendable, Hashable {
    /// Its place, counted from 1.
    public var number: Int
    /// Whether the assistant asked or did the task.
    public var action: ProactiveAction
    /// The assistant's words.
    public var assistantMessage: String
    /// The user's reaction.
    public var reaction: UserReaction
    /// The state in which the message was made.
    public var state: ProactiveState

    /// Records a message.
    public init(
        number: Int, action: ProactiveAction, assistantMessage: String, reaction: UserReaction, state: ProactiveState
    ) {
        self.number = number
        self.action = action
        self.assistantMessage = assistantMessage
        self.reaction = reaction
        self.state = state
    }

    /// The interaction as trajectories hold it.
    public var json: JSONObject {
        [
            "interaction_num": JSONValue(number), "type": .string(action.rawValue.lowercased()),
            "assistant_msg": .string(assistantMessage), "user_reaction": .object(reaction.json),
            "state_at_this_point": .object(state.coreJSON),
        ]
    }

    /// Reads what ``json`` writes.
    ///
    /// `fallback` is the state of an interaction that carries none. Throws ``EvaluationError`` (`data.malformed`).
    public init(json: JSONValue, fallback: ProactiveState) throws(EvaluationError) {
        guard let message = json["assistant_msg"]?.stringValue else {
            throw EvaluationError(.dataMalformed, "an interaction needs an 'assistant_msg'", cause: .task)
        }
        let state = try json["state_at_this_point"]?.objectValue.map { object throws(EvaluationError) in
            var state = try ProactiveState(json: object, fallbackID: fallback.id, domain: fallback.domain)
            state.mbppTests = fallback.mbppTests
            state.extras = fallback.extras
            return state
        }
        self.init(
            number: json["interaction_num"]?.intValue ?? 1,
            action: json["type"]?.stringValue?.lowercased() == "clarify" ? .clarify : .execute,
            assistantMessage: message, reaction: try UserReaction(json: json["user_reaction"] ?? .null),
            state: state ?? fallback)
    }
}

public import JSON

/// What a policy decided in one case, and what came of it.
public struct EvaluatedDecision: Sendable, Hashable {
    /// The state's name.
    public var state: String
    /// The persona's name, or nil.
    public var persona: String?
    /// Which decision of the dialogue it is.
    public var decisionPoint: Int
    /// The decision.
    public var prediction: ActionPrediction
    /// The better action, or nil where both are worth the same.
    public var preferred: ProactiveAction?
    /// What came of it.
    public var outcome: ActionOutcome

    /// The decision as detail files hold it.
    public var json: JSONObject {
        var object: JSONObject = [
            "state_id": .string(state), "predicted_action": .string(prediction.action.rawValue),
            "chosen_action": preferred.map { .string($0.rawValue) } ?? .null,
            "task_score": JSONValue(outcome.taskScore), "task_evaluated": .bool(outcome.isTested),
            "interrupt_cost": JSONValue(outcome.interruptCost), "total_reward": JSONValue(outcome.reward),
            "response_length": JSONValue(outcome.text.unicodeScalars.count),
            "n_questions": JSONValue(outcome.questions),
            "rejected": outcome.wasRejected.map { .bool($0) } ?? .null, "decision_point": JSONValue(decisionPoint),
        ]
        if let persona { object["persona"] = .string(persona) }
        if let margin = prediction.margin { object["margin"] = JSONValue(margin) }
        return object
    }
}

public import Evaluation
public import JSON

extension PreferencePair {
    /// The line as files hold it.
    public var json: JSONObject {
        var object: JSONObject = [
            "state_id": .string(state.id), "decision_point": JSONValue(decisionPoint), "state": .object(state.json),
            "chosen_action": .string(chosenAction.rawValue), "rejected_action": .string(rejectedAction.rawValue),
            "chosen_text": .string(chosenText), "rejected_text": .string(rejectedText),
            "rewards": Self.json(rewards), "task_scores": Self.json(taskScores),
            "interrupt_costs": Self.json(interruptCosts),
        ]
        if let persona { object["persona"] = .object(persona.json) }
        return object
    }

    /// Reads a line of a preferences file.
    ///
    /// Also reads lines whose figures stand in flat keys, as `chosen_reward` and `rejected_task_score`, and whose texts
    /// are called `chosen_assistant_msg`. Throws ``EvaluationError`` (`data.malformed`, cause `task`), also where both
    /// actions are the same.
    public init(json: JSONValue) throws(EvaluationError) {
        guard let fields = json["state"]?.objectValue else { throw Self.malformed("a 'state'") }
        guard let chosenName = json["chosen_action"]?.stringValue else { throw Self.malformed("a 'chosen_action'") }
        let fallback =
            json["state_id"]?.stringValue
            ?? "state-" + String(JSONValue.object(fields).digest().prefix(12))
        let chosen = try ProactiveAction(chosenName)
        if let rejected = json["rejected_action"]?.stringValue, try ProactiveAction(rejected) != chosen.other {
            throw EvaluationError(
                .dataMalformed, "a preference pair has \(chosenName) on both sides", cause: .task,
                advice: "make the pairs anew with `gage proactive compute-rewards`")
        }
        func text(_ side: String) throws(EvaluationError) -> String {
            guard let text = (json["\(side)_text"] ?? json["\(side)_assistant_msg"])?.stringValue else {
                throw Self.malformed("a '\(side)_text'")
            }
            return text
        }
        func figures(_ group: String, _ flat: String) -> [ProactiveAction: Double] {
            var found: [ProactiveAction: Double] = [:]
            for (name, value) in json[group]?.objectValue ?? [:] {
                if let action = ProactiveAction(rawValue: name) { found[action] = value.doubleValue }
            }
            if let value = json["chosen_\(flat)"]?.doubleValue { found[chosen] = value }
            if let value = json["rejected_\(flat)"]?.doubleValue { found[chosen.other] = value }
            return found
        }
        let persona = try json["persona"].map { value throws(EvaluationError) in try Persona(json: value) }
        self.init(
            state: try ProactiveState(json: fields, fallbackID: fallback),
            decisionPoint: json["decision_point"]?.intValue ?? 0, persona: persona, chosen: chosen,
            chosenText: try text("chosen"), rejectedText: try text("rejected"),
            rewards: figures("rewards", "reward"), taskScores: figures("task_scores", "task_score"),
            interruptCosts: figures("interrupt_costs", "interrupt_cost"))
    }

    private static func json(_ figures: [ProactiveAction: Double]) -> JSONValue {
        var object: JSONObject = [:]
        for action in ProactiveAction.allCases { object[action.rawValue] = figures[action].map { JSONValue($0) } }
        return .object(object)
    }

    private static func malformed(_ what: String) -> EvaluationError {
        EvaluationError(
            .dataMalformed, "a preference pair needs \(what)", cause: .task,
            advice: "lines are as `gage proactive compute-rewards` writes them")
    }
}

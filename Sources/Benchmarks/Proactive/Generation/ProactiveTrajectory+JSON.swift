public import Evaluation
public import JSON

extension ProactiveTrajectory {
    /// The line as files hold it.
    public var json: JSONObject {
        var object: JSONObject = [
            "state": .object(state.json), "action": .string(action.rawValue), "action_prompt": .string(actionPrompt),
            "assistant_msg": .string(assistantMessage), "persona": .object(persona.json),
            "user_reaction": .object(reaction.json), "is_mainline": .bool(isMainline),
            "decision_point": JSONValue(decisionPoint),
        ]
        if let mainlineAction { object["mainline_action"] = .string(mainlineAction.rawValue) }
        if let mainlineSelectedBy { object["mainline_action_selected_by"] = .string(mainlineSelectedBy) }
        if isVariant { object["is_variant"] = true }
        if !interactions.isEmpty {
            object["interactions"] = .array(interactions.map { .object($0.json) })
            object["total_interactions"] = JSONValue(interactions.count)
        }
        if let turn { object["turn"] = JSONValue(turn) }
        if let taskCompleted { object["task_completed"] = .bool(taskCompleted) }
        if userStopped { object["user_stopped"] = true }
        return object
    }

    /// Reads a line of a trajectories file.
    ///
    /// A line without a persona is a `Novice-Learner`'s; one without `is_mainline` counts as a mainline. Throws
    /// ``EvaluationError`` (`data.malformed`, cause `task`).
    public init(json: JSONValue) throws(EvaluationError) {
        guard let stateFields = json["state"]?.objectValue else { throw Self.malformed("a 'state'") }
        guard let action = json["action"]?.stringValue else { throw Self.malformed("an 'action'") }
        guard let message = json["assistant_msg"]?.stringValue else { throw Self.malformed("an 'assistant_msg'") }
        let fallback = "state-" + JSONValue.object(stateFields).digest().prefix(12)
        let state = try ProactiveState(json: stateFields, fallbackID: String(fallback))
        let persona = try json["persona"].map { value throws(EvaluationError) in try Persona(json: value) }
        let reaction = try json["user_reaction"].map { value throws(EvaluationError) in
            try UserReaction(json: value)
        }
        self.init(
            state: state, action: try ProactiveAction(action), actionPrompt: json["action_prompt"]?.stringValue ?? "",
            assistantMessage: message, persona: persona ?? Persona.standard(state.domain)[0],
            reaction: reaction ?? UserReaction(), isMainline: json["is_mainline"]?.boolValue ?? true,
            decisionPoint: json["decision_point"]?.intValue ?? 0)
        mainlineAction = try json["mainline_action"]?.stringValue.map { name throws(EvaluationError) in
            try ProactiveAction(name)
        }
        mainlineSelectedBy = json["mainline_action_selected_by"]?.stringValue
        isVariant = json["is_variant"]?.boolValue ?? false
        for item in json["interactions"]?.arrayValue ?? [] {
            interactions.append(try Interaction(json: item, fallback: state))
        }
        turn = json["turn"]?.intValue
        taskCompleted = json["task_completed"]?.boolValue
        userStopped = json["user_stopped"]?.boolValue ?? false
    }

    private static func malformed(_ what: String) -> EvaluationError {
        EvaluationError(
            .dataMalformed, "a trajectory needs \(what)", cause: .task,
            advice: "lines are as `gage proactive generate-trajectories` writes them")
    }
}

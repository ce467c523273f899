import Evaluation
import JSON

/// A state and its user as a sample holds them: what the assistant may see apart from what only judges may.
enum ProactiveSample {
    /// The sample of a meeting.
    static func make(_ state: ProactiveState, _ persona: Persona, id: String) -> Sample {
        var sample = Sample(id: id, messages: [.user(state.query)])
        sample.taskType = "proactive"
        var facts: JSONObject = ["state": .object(state.coreJSON), "persona": .object(persona.json)]
        // For tables and charts, which look at plain values.
        facts["domain"] = .string(state.domain.rawValue)
        facts["persona_name"] = .string(persona.name)
        facts["task_uncertainty"] = JSONValue(state.taskUncertainty)
        sample.metadata = ["proactive": .object(facts)]
        var hidden: JSONObject = ["extras": .object(state.extras)]
        if let tests = state.mbppTests { hidden["mbpp_tests"] = .string(tests) }
        sample.gold = ["proactive": .object(hidden)]
        return sample
    }

    /// The state and the user of a sample.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, for a sample of something else.
    static func read(_ metadata: JSONValue?, gold: JSONValue?) throws(EvaluationError) -> (ProactiveState, Persona) {
        guard let facts = metadata?["proactive"], let fields = facts["state"]?.objectValue else {
            throw EvaluationError(
                .configurationInvalid, "the sample is no state of ProactiveLLM", cause: .configuration,
                advice: "let its data set have 'preprocess: proactive_preprocessor'")
        }
        var state = try ProactiveState(json: fields)
        state.mbppTests = gold?["proactive"]?["mbpp_tests"]?.stringValue
        state.extras = gold?["proactive"]?["extras"]?.objectValue ?? [:]
        return (state, try Persona(json: facts["persona"] ?? .null))
    }
}

extension Sample {
    /// The state and the user.
    func proactive() throws(EvaluationError) -> (state: ProactiveState, persona: Persona) {
        try ProactiveSample.read(.object(metadata), gold: .object(gold))
    }
}

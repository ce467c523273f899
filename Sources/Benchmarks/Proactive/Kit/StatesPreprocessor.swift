import Evaluation
import JSON

/// The parameters of `proactive_preprocessor`.
struct PreprocessorParameters: Parameters {
    var domain: ProactiveDomain?
    var persona: String?
    var personaIndex = 0

    static var fields: [ParameterField<Self>] {
        [
            .init("domain", \.domain, "The domain of records of another loader; wins over what they say."),
            .init("persona", \.persona, "A persona's name, for records of another loader."),
            .init("persona_idx", \.personaIndex, "The persona's place, for records of another loader.") {
                $0.minimum = 0
            },
        ]
    }
}

/// `proactive_preprocessor`: turns states into samples; estimates how clear the task is where the record does not say.
struct StatesPreprocessor: Preprocessor {
    let parameters: PreprocessorParameters
    let personas: PersonaChoice

    init(_ parameters: PreprocessorParameters) throws(EvaluationError) {
        self.parameters = parameters
        personas =
            try parameters.persona.map { text throws(EvaluationError) in
                try PersonaChoice(text)
            } ?? .index(parameters.personaIndex)
        guard personas != .all, personas != .cycle else {
            throw EvaluationError(
                .configurationInvalid, "the preprocessor gives each record one persona", cause: .configuration,
                advice: "set 'persona: all' or 'cycle' at the loader 'proactive_states'")
        }
    }

    func process(_ record: DatasetRecord) throws -> PreprocessingResult {
        var fields = record.fields
        let persona = try fields.removeValue(forKey: StatesLoader.personaKey).map { try Persona(json: $0) }
        let name = fields.removeValue(forKey: StatesLoader.sampleKey)?.stringValue
        if parameters.domain == nil, fields["domain"] == nil { fields["domain"] = "coding" }
        do {
            let state = try ProactiveState(
                json: fields, fallbackID: record.origin, domain: persona == nil ? parameters.domain : nil)
            let user = try persona ?? personas.personas(for: state, at: 0)[0]
            return .sample(ProactiveSample.make(state, user, id: name ?? state.id))
        } catch var error as EvaluationError {
            error.message = "\(record.origin): \(error.message)"
            throw error
        }
    }
}

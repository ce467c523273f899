import Evaluation
import JSON

/// The parameters of `proactive_states`.
struct StatesParameters: Parameters {
    var mode = StateSource.Mode.synthetic
    var domain: ProactiveDomain?
    var count: Int?
    var path: String?
    var persona: String?
    var personaIndex = 0
    var variety: Int?
    var seed: Int?
    var missingHint: String?

    static var fields: [ParameterField<Self>] {
        [
            .init("mode", \.mode, "synthetic, or dataset for a file of JSON lines."),
            .init("domain", \.domain, "coding or planning; wins over what the rows say."),
            .init("n_states", \.count, "How many states; 50, or all rows. More than there are rows begins again.") {
                $0.minimum = 1
            },
            .init("dataset_path", \.path, "The file; also looked for below data/.") { $0.aliases = ["path"] },
            .init("persona", \.persona, "all, cycle, or a persona's name."),
            .init("persona_idx", \.personaIndex, "The one persona of all states, modulo 3.") { $0.minimum = 0 },
            .init("synth_variety", \.variety, "From how many requests synthetic states are drawn; 1: always the same.")
            {
                $0.minimum = 1
            },
            .init("seed", \.seed, "The seed of synthetic requests; the run's without it.") { $0.minimum = 0 },
            .init("missing_hint", \.missingHint, "What to say when the file is absent."),
        ]
    }
}

/// `proactive_states`: states with the users they meet, one record each.
struct StatesLoader: DatasetLoader {
    /// Keys of a record beside the state's own.
    static let personaKey = "_persona"
    static let sampleKey = "_sample"

    let parameters: StatesParameters
    let personas: PersonaChoice

    init(_ parameters: StatesParameters) throws(EvaluationError) {
        self.parameters = parameters
        personas =
            try parameters.persona.map { text throws(EvaluationError) in
                try PersonaChoice(text)
            } ?? .index(parameters.personaIndex)
    }

    func open(in context: DatasetContext) async throws -> Dataset {
        var source = StateSource()
        source.mode = parameters.mode
        source.domain = parameters.domain
        source.count = parameters.count
        source.path = parameters.path
        source.variety = parameters.variety ?? .max
        source.personas = personas
        source.seed = parameters.seed.map { UInt64($0) } ?? context.seed
        let meetings = try await source.meetings(
            baseDirectory: context.baseDirectory, howToGet: parameters.missingHint)
        let hasSeveral = personas == .all
        let records = meetings.enumerated().map { place, meeting -> DatasetRecord in
            var fields = meeting.state.json
            fields[Self.personaKey] = .object(meeting.persona.json)
            fields[Self.sampleKey] = .string(
                hasSeveral ? "\(meeting.state.id)--\(meeting.persona.name)" : meeting.state.id)
            return DatasetRecord(fields: fields, origin: "\(parameters.path ?? "synthetic"):\(place + 1)")
        }
        var metadata: JSONObject = [
            "loader": "proactive_states", "mode": .string(parameters.mode.rawValue),
            "seed": .string(String(source.seed)),
        ]
        if let path = parameters.path { metadata["path"] = .string(path) }
        return Dataset(metadata: metadata, count: records.count, records: RecordStream(records))
    }
}

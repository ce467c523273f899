public import Evaluation
import Datasets
import JSON

/// Where states come from: made up, or a file.
public struct StateSource: Sendable, Hashable {
    /// What kind of source.
    public enum Mode: String, Sendable, Hashable, CaseIterable, ParameterChoice {
        /// Requests at hand, for quick tests.
        case synthetic
        /// A file of JSON lines.
        case dataset
    }

    /// What kind of source.
    public var mode = Mode.synthetic
    /// The domain; for a file it wins over the rows' own.
    public var domain: ProactiveDomain?
    /// How many states; nil for 50, or for all rows of a file.
    ///
    /// More than there are rows begins again at the first.
    public var count: Int?
    /// The file.
    public var path: String?
    /// From how many different requests synthetic states are drawn; 1 gives all of them the same.
    public var variety = Int.max
    /// Which users meet them.
    public var personas = PersonaChoice.index(0)
    /// The seed of synthetic requests.
    public var seed: UInt64 = 0

    /// Fifty synthetic states.
    public init() {}

    /// A state and the user it meets.
    public struct Meeting: Sendable, Hashable {
        /// The state.
        public var state: ProactiveState
        /// The user.
        public var persona: Persona
    }

    /// The states with their users, all users of a state one after the other.
    ///
    /// Relative paths are looked for as ``ProactivePaths`` says. Throws ``EvaluationError``, cause `configuration` or
    /// `task`, with file and line.
    public func meetings(baseDirectory: String, howToGet: String? = nil) async throws -> [Meeting] {
        let states =
            switch mode {
            case .synthetic: SyntheticStates.states(domain ?? .coding, count: count ?? 50, variety: variety, seed: seed)
            case .dataset: try await read(baseDirectory: baseDirectory, howToGet: howToGet)
            }
        var meetings: [Meeting] = []
        for (place, state) in states.enumerated() {
            for persona in try personas.personas(for: state, at: place) {
                meetings.append(Meeting(state: state, persona: persona))
            }
        }
        return meetings
    }

    private func read(baseDirectory: String, howToGet: String?) async throws -> [ProactiveState] {
        guard let path, !path.isEmpty else {
            throw EvaluationError(
                .configurationInvalid, "states of a data set need its file", cause: .configuration,
                advice: "give --dataset_path (in YAML: dataset_path), or use the mode 'synthetic'")
        }
        let place = try ProactivePaths(baseDirectory: baseDirectory).input(path, advice: howToGet)
        var rows: [ProactiveState] = []
        var names: Set<String> = []
        for try await record in try await JSONLinesFile.records(place, named: path) {
            let row = try Self.state(record, index: rows.count, domain: domain)
            guard names.insert(row.id).inserted else {
                throw EvaluationError(
                    .dataMalformed, "\(record.origin): there are two states '\(row.id)'", cause: .task,
                    advice: "give every row its own id")
            }
            rows.append(row)
            if let count, rows.count == count { break }
        }
        guard let count, count > rows.count, !rows.isEmpty else { return rows }
        return (0..<count).map { index in
            var state = rows[index % rows.count]
            let cycle = index / rows.count
            if cycle > 0 { state.id += "-\(cycle)" }
            return state
        }
    }

    private static func state(
        _ record: DatasetRecord, index: Int, domain: ProactiveDomain?
    ) throws(EvaluationError) -> ProactiveState {
        var fields = record.fields
        if domain == nil, fields["domain"] == nil { fields["domain"] = .string(ProactiveDomain.coding.rawValue) }
        do {
            return try ProactiveState(json: fields, fallbackID: "ds-\(index)", domain: domain)
        } catch {
            var error = error
            error.message = "\(record.origin): \(error.message)"
            throw error
        }
    }
}

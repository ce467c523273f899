public import Evaluation
public import GageConfiguration
public import JSON

/// The sections that a plan's summary generators make of a run's episodes, by their keys, in plan order.
///
/// Every finished episode goes through every generator, whatever its outcome, in plan order.
public struct SummarySections {
    private var sections: [(id: String, accumulator: any SummaryAccumulator)]

    /// Begins the sections of a plan; `seed` is the run's.
    public init(plan: Plan, seed: UInt64) {
        let seeds = SeedDerivation(root: seed)
        sections = plan.summaryGenerators.map { planned in
            (planned.id, planned.generator.makeAccumulator(seed: seeds.seed(for: "summary", planned.id)))
        }
    }

    /// Takes an episode.
    public mutating func add(_ record: EpisodeRecord) {
        for index in sections.indices { sections[index].accumulator.add(record) }
    }

    /// What the summaries came to.
    public struct Finished: Sendable {
        /// The sections by their keys.
        public var sections: JSONObject
        /// Files by their path in the run directory.
        public var files: [String: [UInt8]]
        /// What the report shows.
        public var tables: [SummaryTable]
    }

    /// The sections, and the files that go with them; a section that fails becomes `{error: …}`.
    public func finish() async -> Finished {
        var object: JSONObject = [:]
        var files: [String: [UInt8]] = [:]
        var tables: [SummaryTable] = []
        for (id, accumulator) in sections {
            do {
                let result = try await accumulator.result()
                if let section = result.section { object[id] = .object(section) }
                files.merge(result.files) { _, later in later }
                tables += result.tables
            } catch {
                object[id] = ["error": OutcomeRules.error(error, in: "summary:\(id)").json]
            }
        }
        return Finished(sections: object, files: files, tables: tables)
    }
}

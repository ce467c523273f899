import Evaluation
public import GageConfiguration
public import JSON
public import Storage

extension Plan {
    /// The sections that the plan's summary generators make of a journal, by their keys, in plan order.
    ///
    /// Every finished episode goes through every generator, whatever its outcome, one in memory at a time. A section that
    /// fails becomes `{error: …}`. Throws ``EvaluationError``, cause `gage`, when the journal cannot be read.
    public func summarySections(of journal: Journal) throws -> JSONObject {
        let seeds = SeedDerivation(root: try journal.run().seed)
        var sections = summaryGenerators.map { planned in
            (
                id: planned.id,
                accumulator: planned.generator.makeAccumulator(seed: seeds.seed(for: "summary", planned.id))
            )
        }
        guard !sections.isEmpty else { return [:] }
        try journal.forEachEpisode { stored in
            for index in sections.indices { sections[index].accumulator.add(stored.record) }
        }
        var object: JSONObject = [:]
        for (id, accumulator) in sections {
            do {
                if let section = try accumulator.finish() { object[id] = .object(section) }
            } catch {
                object[id] = ["error": OutcomeRules.error(error, in: "summary:\(id)").json]
            }
        }
        return object
    }
}

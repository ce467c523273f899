import Evaluation
import GageConfiguration
import JSON
import Storage

/// Reads the data sets of a plan to find which of its episodes a journal lacks, without running any.
struct PlanSurvey {
    /// What there is, and what there is not.
    struct Findings: Sendable {
        var tasks: [TaskMetadata] = []
        var dropped: [DroppedRecords] = []
        var missing = 0
        /// The first of the missing ones.
        var examples: [MissingEpisode] = []
    }

    /// The largest number of missing episodes that are named.
    private static let namedLimit = 1000

    let plan: Plan
    let options: RunOptions

    /// Compares all tasks with a journal; a part that is `nil` there is missing.
    func compare(with journal: Journal) async throws -> Findings {
        var findings = Findings()
        for (ordinal, task) in plan.tasks.map({ $0.applying(options) }).enumerated() {
            let dataset = try await plan.open(task.dataset)
            let source = DatasetSource(
                task: task, dataset: dataset,
                setting: .init(
                    ordinal: ordinal, seed: plan.seed, journal: journal, retriesErrored: false, shard: nil,
                    events: Silence()))
            while let ticket = try await source.next() {
                findings.missing += 1
                guard findings.examples.count < Self.namedLimit else { continue }
                findings.examples.append(MissingEpisode(id: ticket.id, place: ticket.position.sample))
            }
            let census = await source.census
            var metadata = TaskMetadata(
                id: task.id, ordinal: ordinal, datasetID: task.dataset.id, datasetMetadata: dataset.metadata)
            metadata.plannedEpisodes = census.expectedEpisodes
            metadata.isFullyPlanned = census.isComplete
            findings.tasks.append(metadata)
            findings.dropped += census.droppedRecords(of: task.id)
        }
        return findings
    }

    /// Nothing happens that anyone would want to hear of.
    private struct Silence: EventSink {
        func report(_ event: RunEvent) {}
    }
}

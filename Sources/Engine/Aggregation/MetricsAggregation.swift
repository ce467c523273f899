public import Evaluation
public import GageConfiguration
import JSON
public import Storage

/// Aggregates a plan's metrics over a journal.
///
/// ```swift
/// let metrics = try MetricsAggregation(plan: plan).aggregate(journal)
/// ```
///
/// Rows are taken in plan order and only from scored episodes; the journal is gone through once, an episode in memory at a
/// time. Every aggregation gets a seed of its own from the run's, so that the same journal gives the same numbers.
public struct MetricsAggregation: Sendable {
    private let plan: Plan

    /// Aggregates the metrics of this plan's tasks.
    public init(plan: Plan) { self.plan = plan }

    /// The metrics of all tasks that have begun, in plan order.
    ///
    /// An aggregation that fails is reported in its entry. Throws ``EvaluationError``, cause `gage`, when the journal
    /// cannot be read.
    public func aggregate(_ journal: Journal) throws -> [AggregatedMetric] {
        var rows = try begin(journal)
        try journal.forEachEpisode(detail: .withoutTrajectory) { rows.add($0.record) }
        return rows.finish()
    }

    /// The aggregation before its first row, for callers that go through the journal's episodes for other reasons too.
    ///
    /// They add every episode, in plan order. Throws ``EvaluationError``, cause `gage`, when the journal cannot be read.
    public func begin(_ journal: Journal) throws -> Rows {
        let run = try journal.run()
        let outcomes = try journal.outcomes()
        let begun = try journal.tasks()
        let columns = plan.tasks.flatMap { task -> [MetricColumn] in
            guard let metadata = begun.first(where: { $0.id == task.id }) else { return [] }
            let counts = outcomes[task.id] ?? OutcomeCounts()
            let coverage = AggregatedMetric.Coverage(
                planned: metadata.plannedEpisodes, scored: counts.scored, unscorable: counts.unscorable,
                errored: counts.erroredTotal)
            return task.metrics.map { MetricColumn(task: task.id, metric: $0, runSeed: run.seed, coverage: coverage) }
        }
        return Rows(columns: columns)
    }

    /// Metrics on their way through the episodes.
    public struct Rows {
        fileprivate var columns: [MetricColumn]

        /// Takes an episode; only scored ones count.
        public mutating func add(_ record: EpisodeRecord) {
            guard record.outcome == .scored else { return }
            for index in columns.indices where columns[index].task == record.id.task { columns[index].add(record) }
        }

        /// The metrics of all tasks that have begun, in plan order; an aggregation that fails is reported in its entry.
        public func finish() -> [AggregatedMetric] { columns.map { $0.finish() } }
    }
}

/// One metric of one task on its way through the rows.
private struct MetricColumn {
    let task: String
    private let metric: PlannedMetric
    private let coverage: AggregatedMetric.Coverage
    private var accumulator: any Accumulator

    init(task: String, metric: PlannedMetric, runSeed: UInt64, coverage: AggregatedMetric.Coverage) {
        self.task = task
        self.metric = metric
        self.coverage = coverage
        let seed = SeedDerivation(root: runSeed).seed(for: "aggregation", task, metric.id)
        accumulator = metric.aggregation.makeAccumulator(seed: seed)
    }

    mutating func add(_ record: EpisodeRecord) {
        guard let score = record.scores.first(where: { $0.metric == metric.id }) else { return }
        accumulator.add(
            MetricRow(
                episode: record.id, score: score, sampleMetadata: record.sample["metadata"]?.objectValue ?? [:],
                scale: metric.metric.scale))
    }

    func finish() -> AggregatedMetric {
        var aggregated = AggregatedMetric(
            task: task, metric: metric.id, aggregation: metric.aggregationKey, result: nil, error: nil,
            coverage: coverage)
        do {
            aggregated.result = try accumulator.finish()
        } catch {
            aggregated.error = OutcomeRules.error(error, in: "aggregation:\(metric.id)")
        }
        return aggregated
    }
}

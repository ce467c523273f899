import Evaluation
import GageConfiguration
import JSON

/// What one pass over the episodes collects: usage, cost, metrics by domain, and the episodes to show first.
struct EpisodeCensus {
    private(set) var usage = Usage()
    private(set) var cost = 0.0
    private(set) var callsWithoutPrice = 0
    private(set) var modelCalls = 0
    private(set) var causes: [String: Int] = [:]
    private(set) var codes: [String: Int] = [:]
    private(set) var errors = ErrorExamples()
    private(set) var retries = 0
    private(set) var inferenceSeconds = 0.0
    private(set) var failures: [EpisodeRecord] = []
    private(set) var failureCount = 0
    private var domains: [DomainKey: any Accumulator] = [:]
    private var domainOrder: [DomainKey] = []
    private var domainCounts: [String: Int] = [:]
    private let metrics: [String: [PlannedMetric]]
    private let seeds: SeedDerivation

    private struct DomainKey: Hashable {
        var domain: String
        var metric: String
        var aggregation: String
    }

    init(plan: Plan, seed: UInt64) {
        metrics = Dictionary(plan.tasks.map { ($0.id, $0.metrics) }, uniquingKeysWith: { first, _ in first })
        seeds = SeedDerivation(root: seed)
    }

    mutating func add(_ record: EpisodeRecord) {
        // What costs nothing and used nothing is a text that no model wrote, such as a fixed greeting.
        for entry in record.trajectory.entries where entry.usage != nil || (entry.cost ?? 0) > 0 {
            modelCalls += 1
            if let used = entry.usage { usage = usage + used }
            if let price = entry.cost { cost += price } else { callsWithoutPrice += 1 }
        }
        retries += record.failedAttempts.count
        inferenceSeconds += record.stepDurations.filter { $0.step.hasPrefix("inference") }.reduce(0) { $0 + $1.seconds }
        if case .errored(let error) = record.outcome {
            causes[error.cause.rawValue, default: 0] += 1
            codes[error.code.rawValue, default: 0] += 1
            errors.add(error, of: record.id)
        }
        addToDomain(record)
        guard !Self.succeeded(record) else { return }
        failureCount += 1
        if failures.count < ReportPage.failureLimit { failures.append(record) }
    }

    /// Full marks: scored, and the first metric's value is not below 1.
    private static func succeeded(_ record: EpisodeRecord) -> Bool {
        guard record.outcome == .scored else { return false }
        guard let values = record.scores.first?.values, let value = values.min(by: { $0.key < $1.key })?.value else {
            return true
        }
        return value >= 1 - 1e-6
    }

    private mutating func addToDomain(_ record: EpisodeRecord) {
        guard let domain = Self.domain(of: record) else { return }
        guard record.outcome == .scored else { return }
        domainCounts[domain, default: 0] += 1
        for metric in metrics[record.id.task] ?? [] {
            guard let score = record.scores.first(where: { $0.metric == metric.id }) else { continue }
            let key = DomainKey(domain: domain, metric: metric.id, aggregation: metric.aggregationKey)
            if domains[key] == nil {
                domainOrder.append(key)
                domains[key] = metric.aggregation.makeAccumulator(seed: seeds.seed(for: "domain", domain, metric.id))
            }
            domains[key]?.add(
                MetricRow(
                    episode: record.id, score: score, sampleMetadata: record.sample["metadata"]?.objectValue ?? [:],
                    scale: metric.metric.scale))
        }
    }

    /// The sample's `metadata.domain`, or that of the benchmark's own part of the metadata.
    static func domain(of record: EpisodeRecord) -> String? {
        record.sample["metadata"]?.objectValue.flatMap(SampleDomain.of)
    }

    /// Metrics by domain: `{retail: {scored, metrics: […]}}`, over all tasks of the run.
    var domainSections: JSONObject {
        var sections: JSONObject = [:]
        for domain in domainCounts.keys.sorted() {
            let entries: [JSONValue] = domainOrder.filter { $0.domain == domain }.compactMap { key in
                // Rows that cannot be aggregated are reported with their task's metric; a domain leaves them out.
                guard let result = try? domains[key]?.finish() else { return nil }
                return .object(Self.entry(key.metric, key.aggregation, result))
            }
            sections[domain] = ["scored": .int(Int64(domainCounts[domain] ?? 0)), "metrics": .array(entries)]
        }
        return sections
    }

    private static func entry(_ metric: String, _ aggregation: String, _ result: AggregateResult) -> JSONObject {
        var values: JSONObject = [:]
        var intervals: JSONObject = [:]
        for (name, value) in result.values where value.isFinite {
            values[name] = JSONValue(value)
            if let interval = result.intervals[name], interval.lower.isFinite, interval.upper.isFinite {
                intervals[name] = [JSONValue(interval.lower), JSONValue(interval.upper)]
            }
        }
        var entry: JSONObject = [
            "metric_id": .string(metric), "aggregation": .string(aggregation), "raw_values": .object(values),
        ]
        if !intervals.isEmpty { entry["intervals"] = .object(intervals) }
        entry["count"] = .int(Int64(result.count))
        return entry
    }
}

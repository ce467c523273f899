import Evaluation
import GageConfiguration
import JSON

/// Metrics by what samples say about themselves: domain, difficulty, repository, language, ….
struct GroupCensus {
    /// A way to group samples, and under which words of their metadata it is found.
    private struct Dimension {
        let name: String
        let keys: [String]
    }

    private static let dimensions = [
        Dimension(name: "domain", keys: ["domain"]), Dimension(name: "difficulty", keys: ["difficulty", "level"]),
        Dimension(name: "repository", keys: ["repo", "repository"]), Dimension(name: "language", keys: ["language"]),
        Dimension(name: "category", keys: ["category"]), Dimension(name: "branch", keys: ["branch"]),
        Dimension(name: "persona", keys: ["persona"]),
    ]

    /// The most groups of one kind, besides domains: what has more is no group.
    private static let groupLimit = 200
    /// The longest name of a group, in bytes.
    private static let nameLimit = 80

    private struct Key: Hashable {
        var group: String
        var metric: String
        var aggregation: String
    }

    private struct Column {
        var accumulators: [Key: any Accumulator] = [:]
        var order: [Key] = []
        var counts: [String: Int] = [:]
        var isOverfull = false
    }

    private var columns = [Column](repeating: Column(), count: Self.dimensions.count)
    private let metrics: [String: [PlannedMetric]]
    private let seeds: SeedDerivation

    init(plan: Plan, seed: UInt64) {
        metrics = Dictionary(plan.tasks.map { ($0.id, $0.metrics) }, uniquingKeysWith: { first, _ in first })
        seeds = SeedDerivation(root: seed)
    }

    /// Takes an episode; only scored ones count.
    mutating func add(_ record: EpisodeRecord) {
        guard record.outcome == .scored else { return }
        let metadata = record.sample["metadata"]?.objectValue ?? [:]
        for place in columns.indices where !columns[place].isOverfull {
            let name = place == 0 ? SampleDomain.of(metadata) : Self.group(Self.dimensions[place], in: metadata)
            guard let group = name else { continue }
            add(record, to: group, of: place)
        }
    }

    private mutating func add(_ record: EpisodeRecord, to group: String, of place: Int) {
        columns[place].counts[group, default: 0] += 1
        if place > 0, columns[place].counts.count > Self.groupLimit {
            columns[place] = Column(isOverfull: true)
            return
        }
        for metric in metrics[record.id.task] ?? [] {
            guard let score = record.scores.first(where: { $0.metric == metric.id }) else { continue }
            let key = Key(group: group, metric: metric.id, aggregation: metric.aggregationKey)
            if columns[place].accumulators[key] == nil {
                columns[place].order.append(key)
                let seed = seeds.seed(for: Self.dimensions[place].name, group, metric.id)
                columns[place].accumulators[key] = metric.aggregation.makeAccumulator(seed: seed)
            }
            columns[place].accumulators[key]?.add(
                MetricRow(
                    episode: record.id, score: score, sampleMetadata: record.sample["metadata"]?.objectValue ?? [:],
                    scale: metric.metric.scale))
        }
    }

    /// The sample's own word, or that of the benchmark's part of its metadata.
    private static func group(_ dimension: Dimension, in metadata: JSONObject) -> String? {
        for key in dimension.keys {
            if let name = name(metadata[key]) { return name }
            for (_, part) in metadata {
                if let name = name(part[key]) { return name }
            }
        }
        return nil
    }

    private static func name(_ value: JSONValue?) -> String? {
        let text = value?.stringValue ?? value?.doubleValue.map { NumberText.short($0) } ?? value?["name"]?.stringValue
        return text.flatMap { $0.isEmpty || $0.utf8.count > nameLimit ? nil : $0 }
    }

    /// Metrics by domain: `{retail: {scored, metrics: […]}}`, over all tasks of the run.
    var domains: JSONObject { sections(of: columns[0]) }

    /// Metrics by every other kind of group that tells samples apart: `{difficulty: {easy: {scored, metrics: […]}}}`.
    var others: JSONObject {
        var object: JSONObject = [:]
        for place in columns.indices.dropFirst() where columns[place].counts.count > 1 {
            object[Self.dimensions[place].name] = .object(sections(of: columns[place]))
        }
        return object
    }

    private func sections(of column: Column) -> JSONObject {
        var sections: JSONObject = [:]
        for group in column.counts.keys.sorted() {
            let entries: [JSONValue] = column.order.filter { $0.group == group }.compactMap { key in
                // Rows that cannot be aggregated are reported with their task's metric; a group leaves them out.
                guard let result = try? column.accumulators[key]?.finish() else { return nil }
                return .object(Self.entry(key.metric, key.aggregation, result))
            }
            sections[group] = ["scored": .int(Int64(column.counts[group] ?? 0)), "metrics": .array(entries)]
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

import Engine
import Evaluation
import GageConfiguration
import JSON
import Storage

/// What a run's metrics come to with people's corrections in the place of what the judges said.
struct AmendedMetrics {
    private let annotations: [EpisodeID: EpisodeAnnotations]
    private var rows: MetricsAggregation.Rows
    private var count = 0
    private var people: Set<String> = []
    /// Episodes that people set aside, by task.
    private var setAside: [String: Int] = [:]

    /// Begins; nil where no correction holds.
    init?(plan: Plan, journal: Journal) throws {
        annotations = try journal.annotationsByEpisode().filter { $0.value.isAmended }
        guard !annotations.isEmpty else { return nil }
        rows = try MetricsAggregation(plan: plan).begin(journal)
    }

    /// Takes an episode, whatever its outcome; episodes come in plan order.
    mutating func add(_ record: EpisodeRecord) {
        guard let said = annotations[record.id], record.outcome == .scored else { return rows.add(record) }
        count += said.verdicts.count
        people.formUnion(said.verdicts.map(\.author))
        let amended = said.amended(record)
        if amended.outcome != .scored { setAside[record.id.task, default: 0] += 1 }
        rows.add(amended)
    }

    /// The section of `summary.json`: `{count, by, metrics}`.
    var section: JSONValue {
        let metrics = rows.finish().map { metric -> JSONValue in
            var metric = metric
            let aside = setAside[metric.task] ?? 0
            metric.coverage.scored -= aside
            metric.coverage.unscorable += aside
            return metric.json
        }
        return [
            "count": .int(Int64(count)), "by": .array(people.sorted().map(JSONValue.string)),
            "metrics": .array(metrics),
        ]
    }
}

extension JSONValue {
    /// The object with one more member.
    func adding(_ key: String, _ value: JSONValue) -> JSONValue {
        var object = objectValue ?? [:]
        object[key] = value
        return .object(object)
    }
}

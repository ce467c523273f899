import Evaluation
import GageConfiguration
import JSON
import Statistics

/// How reliably samples are solved over their trials: pass^k and pass@k of each task's first metric.
///
/// Episodes come in plan order, the trials of a sample one after the other. Samples with the same counts are kept as one, so
/// memory does not grow with them.
struct Reliability {
    /// One task's samples.
    private struct Column {
        let task: String
        let metric: String
        /// The value of full marks: 1, or 100 for a score in percent.
        let fullMarks: Double
        var samples: [TaskTrials: Int] = [:]
        var open = TaskTrials(count: 0, successes: 0)
        var sample: String?

        mutating func close() {
            if open.count > 0 { samples[open, default: 0] += 1 }
            open = TaskTrials(count: 0, successes: 0)
        }
    }

    private var columns: [Column] = []
    private var places: [String: Int] = [:]

    init(plan: Plan) {
        for task in plan.tasks {
            guard let metric = task.metrics.first, metric.metric.scale != .amount else { continue }
            places[task.id] = columns.count
            columns.append(
                Column(task: task.id, metric: metric.id, fullMarks: metric.metric.scale == .percent ? 100 : 1))
        }
    }

    /// Takes an episode; only scored ones count.
    mutating func add(_ record: EpisodeRecord) {
        guard let place = places[record.id.task] else { return }
        if columns[place].sample != record.id.sample {
            columns[place].close()
            columns[place].sample = record.id.sample
        }
        guard record.outcome == .scored,
            let score = record.scores.first(where: { $0.metric == columns[place].metric }),
            let value = score.values.min(by: { $0.key < $1.key })?.value
        else { return }
        columns[place].open.count += 1
        if value >= columns[place].fullMarks - 1e-6 { columns[place].open.successes += 1 }
    }

    /// The most trials that a curve shows.
    private static let longest = 64

    /// `[{task_id, metric_id, samples, curve: [{k, pass_hat_k, pass_at_k, samples, interval}]}]`, of the tasks whose samples
    /// have several trials.
    ///
    /// Every point is over the samples that have at least k scored trials; `interval` is Student's 95 % interval of pass^k
    /// over them.
    mutating func finish() -> JSONValue {
        for place in columns.indices { columns[place].close() }
        return .array(columns.compactMap(Self.section))
    }

    private static func section(of column: Column) -> JSONValue? {
        let longest = min(Self.longest, column.samples.keys.map(\.count).max() ?? 0)
        guard longest > 1 else { return nil }
        return [
            "task_id": .string(column.task), "metric_id": .string(column.metric),
            "samples": JSONValue(column.samples.values.reduce(0, +)),
            "curve": .array((1...longest).map { point($0, column.samples) }),
        ]
    }

    private static func point(_ k: Int, _ samples: [TaskTrials: Int]) -> JSONValue {
        // In a fixed order: sums of fractions depend on it.
        let rows = samples.filter { $0.key.count >= k }
            .sorted { ($0.key.count, $0.key.successes) < ($1.key.count, $1.key.successes) }
        let count = rows.reduce(0) { $0 + $1.value }
        func mean(_ estimate: (TaskTrials) -> Double?) -> Double {
            rows.reduce(0) { $0 + (estimate($1.key) ?? 0) * Double($1.value) } / Double(max(1, count))
        }
        let all = mean { $0.passHat(k) }
        var object: JSONObject = [
            "k": JSONValue(k), "pass_hat_k": JSONValue(all), "pass_at_k": JSONValue(mean { $0.passAt(k) }),
            "samples": JSONValue(count),
        ]
        if count > 1 {
            let squares = mean { trials in trials.passHat(k).map { ($0 - all) * ($0 - all) } }
            let error = (squares / Double(count - 1)).squareRoot()
            let factor = StudentDistribution(degreesOfFreedom: Double(count - 1)).quantile(0.975)
            object["interval"] = [JSONValue(max(0, all - factor * error)), JSONValue(min(1, all + factor * error))]
        }
        return .object(object)
    }
}

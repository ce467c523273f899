import JSON
import Statistics

/// The aggregated numbers of a run's `summary.json`, such as pass^k, which are no means over episodes.
struct SummaryNumbers: Sendable {
    struct Number: Sendable {
        let task: String
        let metric: String
        let name: String
        let value: Double
        /// The two-sided 95 % interval.
        let interval: Interval?
    }

    let numbers: [Number]

    /// Reads what a summary holds: with people's corrections where they are asked for and there are any.
    init(summary: JSONValue, isAmended: Bool) {
        let section = isAmended ? summary["amended"] ?? summary : summary
        numbers = (section["metrics"]?.arrayValue ?? []).flatMap { metric -> [Number] in
            guard let id = metric["metric_id"]?.stringValue else { return [] }
            return (metric["raw_values"]?.objectValue ?? [:]).compactMap { name, value in
                guard let number = value.doubleValue else { return nil }
                let ends = metric["intervals"]?[name]?.arrayValue?.compactMap(\.doubleValue) ?? []
                return Number(
                    task: metric["task_id"]?.stringValue ?? "", metric: id, name: name, value: number,
                    interval: ends.count == 2 ? Interval(ends[0], ends[1]) : nil)
            }
        }
    }
}

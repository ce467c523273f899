public import Evaluation
public import JSON

/// What one metric of one task came to.
public struct AggregatedMetric: Sendable {
    /// The task's id.
    public var task: String
    /// The metric's id.
    public var metric: String
    /// The aggregation's key.
    public var aggregation: String
    /// The numbers, intervals and notes; nil when the rows could not be aggregated.
    public var result: AggregateResult?
    /// Why the rows could not be aggregated.
    public var error: EvaluationError?
    /// How much of what was planned this rests on.
    public var coverage: Coverage

    /// How much of what was planned a number rests on.
    public struct Coverage: Sendable, Hashable {
        /// Episodes that are planned; nil where the run stopped before that was known.
        public var planned: Int?
        /// Episodes with a score.
        public var scored: Int
        /// Episodes that could not be judged.
        public var unscorable: Int
        /// Episodes that failed.
        public var errored: Int

        /// Counts episodes.
        public init(planned: Int?, scored: Int, unscorable: Int, errored: Int) {
            self.planned = planned
            self.scored = scored
            self.unscorable = unscorable
            self.errored = errored
        }

        /// The counts by name.
        public var json: JSONValue {
            [
                "scored": JSONValue(scored), "planned": planned.map { JSONValue($0) } ?? .null,
                "unscorable": JSONValue(unscorable), "errored": JSONValue(errored),
            ]
        }
    }

    /// The entry of `summary.json`: `{metric_id, aggregation, values, raw_values, intervals, count, coverage, …}`.
    ///
    /// `values` are texts with five decimals, as scripts written for older summaries expect; `raw_values` are numbers. A
    /// number that is not finite is null.
    public var json: JSONValue {
        var object: JSONObject = ["metric_id": .string(metric), "aggregation": .string(aggregation)]
        if let result {
            var texts: JSONObject = [:]
            var numbers: JSONObject = [:]
            var intervals: JSONObject = [:]
            for (name, value) in result.values {
                texts[name] = .string(FixedDecimals.text(value, decimals: 5))
                numbers[name] = Self.number(value)
                if let interval = result.intervals[name] {
                    intervals[name] = [Self.number(interval.lower), Self.number(interval.upper)]
                }
            }
            object["values"] = .object(texts)
            object["raw_values"] = .object(numbers)
            if !intervals.isEmpty { object["intervals"] = .object(intervals) }
            object["count"] = JSONValue(result.count)
            if !result.metadata.isEmpty { object["metadata"] = .object(result.metadata) }
        }
        if let error { object["error"] = error.json }
        object["coverage"] = coverage.json
        object["task_id"] = .string(task)
        return .object(object)
    }

    private static func number(_ value: Double) -> JSONValue { value.isFinite ? JSONValue(value) : .null }
}

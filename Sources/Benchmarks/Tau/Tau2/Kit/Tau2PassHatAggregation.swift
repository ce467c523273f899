import Evaluation
import JSON
import Statistics

/// The parameters of `tau2_pass_hat`.
struct Tau2PassHatParameters: Parameters {
    var taskField = "task_id"
    var valueKey = "pass"
    var maxK: Int?
    var kValues = OneOrMany<Int>()

    static var fields: [ParameterField<Self>] {
        [
            .init("task_field", \.taskField, "The key of a score's metadata that names the task."),
            .init("value_key", \.valueKey, "The value that is 1 for a success."),
            .init("max_k", \.maxK, "The largest k; the fewest trials of a task bound it in any case.") {
                $0.minimum = 1
            },
            .init("k_values", \.kValues, "Only these k.") { $0.minimum = 1 },
        ]
    }
}

/// `tau2_pass_hat`: pass^k, the chance that k attempts at a task all succeed, as a mean over tasks.
///
/// Tasks of different domains are different tasks, whatever their names. The intervals are over tasks, which are what is
/// drawn at random; trials of one task are not.
struct Tau2PassHatAggregation: Aggregation {
    static let key = "tau2_pass_hat"
    let parameters: Tau2PassHatParameters

    func makeAccumulator(seed: UInt64) -> any Accumulator { Tau2PassHatAccumulator(parameters: parameters) }
}

private struct Tau2PassHatAccumulator: Accumulator {
    let parameters: Tau2PassHatParameters
    var trials = Tau2TaskTrials()
    var count = 0
    var nameless = 0
    var valueless = 0

    mutating func add(_ row: MetricRow) {
        count += 1
        guard let value = row.score.values[parameters.valueKey] else {
            valueless += 1
            return
        }
        guard let name = row.score.metadata[parameters.taskField]?.stringValue else {
            nameless += 1
            return
        }
        let domain = row.score.metadata["domain"]?.stringValue ?? ""
        trials.add(task: name, of: domain, isSuccess: Tau2RewardInfo.isSuccess(value))
    }

    func finish() throws -> AggregateResult {
        let smallest = trials.fewestTrials
        let bound = min(parameters.maxK ?? smallest, smallest)
        let chosen = parameters.kValues.values.isEmpty ? Array(1...max(1, bound)) : parameters.kValues.values.sorted()
        let ks = chosen.filter { $0 >= 1 && $0 <= bound }
        let used = count - nameless - valueless
        var result = AggregateResult(
            values: [], count: used,
            metadata: [
                "total_samples": JSONValue(count), "used_samples": JSONValue(used),
                "missing_task_id": JSONValue(nameless), "skipped_missing_reward": JSONValue(valueless),
                "task_count": JSONValue(trials.taskCount), "min_trials": JSONValue(smallest),
                "k_values": .array(ks.map { JSONValue($0) }),
            ])
        for k in ks {
            guard let estimate = trials.passHat(k) else { continue }
            let name = "pass_hat@\(k)"
            result.values.append((name, estimate.mean))
            if let interval = estimate.interval { result.intervals[name] = (interval.lower, interval.upper) }
            result.metadata["interval_method"] = "over tasks: Wilson where every task has 0 or 1, else t"
        }
        return result
    }
}

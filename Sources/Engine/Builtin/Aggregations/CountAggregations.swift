import Evaluation
import JSON
import Statistics

/// The parameters of `categorical_count`; they stand among the metric's own.
struct CategoryParameters: Parameters {
    var categoryField = "failure_reason"
    var includesNone = false
    var noneLabel = "unknown"

    static var fields: [ParameterField<Self>] {
        [
            .init("category_field", \.categoryField, "The key of the score's metadata that is counted."),
            .init("include_none", \.includesNone, "Whether episodes without a category are counted."),
            .init("none_label", \.noneLabel, "The name under which they are counted."),
        ]
    }
}

/// `categorical_count`: how many episodes have each category.
struct CategoricalCountAggregation: Aggregation {
    let parameters: CategoryParameters

    func makeAccumulator(seed: UInt64) -> any Accumulator { CategoryAccumulator(parameters: parameters) }
}

private struct CategoryAccumulator: Accumulator {
    let parameters: CategoryParameters
    var counts: [String: Int] = [:]

    init(parameters: CategoryParameters) { self.parameters = parameters }

    mutating func add(_ row: MetricRow) {
        let value = row.score.metadata[parameters.categoryField]
        if let value, !value.isNull {
            counts[value.stringValue ?? value.text(), default: 0] += 1
        } else if parameters.includesNone {
            counts[parameters.noneLabel, default: 0] += 1
        }
    }

    func finish() throws -> AggregateResult {
        AggregateResult(
            values: counts.keys.sorted().map { ($0, Double(counts[$0] ?? 0)) },
            count: counts.values.reduce(0, +))
    }
}

/// `identity`: nothing is aggregated; the values stand per episode in `samples.jsonl`.
struct IdentityAggregation: Aggregation {
    func makeAccumulator(seed: UInt64) -> any Accumulator { CountAccumulator() }
}

private struct CountAccumulator: Accumulator {
    var count = 0

    mutating func add(_ row: MetricRow) { count += 1 }

    func finish() throws -> AggregateResult {
        AggregateResult(values: [], count: count, metadata: ["values_in": "samples.jsonl"])
    }
}

/// The parameters of `pass_at_k` and `pass_hat_k`.
struct PassParameters: Parameters {
    var valueKey: String?
    var maxK: Int?

    static var fields: [ParameterField<Self>] {
        [
            .init("value_key", \.valueKey, "The score's value that says success; the metric's first by default."),
            .init("max_k", \.maxK, "The largest k; the smallest number of trials by default.") { $0.minimum = 1 },
        ]
    }
}

/// `pass_at_k` and `pass_hat_k`: the chance that at least one, or all, of k trials succeed, as a mean over samples.
struct PassAggregation: Aggregation {
    /// Which of the two.
    enum Kind: String, Sendable {
        case atLeastOne = "pass@"
        case all = "pass_hat@"
    }

    let kind: Kind
    let parameters: PassParameters

    func makeAccumulator(seed: UInt64) -> any Accumulator { PassAccumulator(kind: kind, parameters: parameters) }
}

private struct PassAccumulator: Accumulator {
    let kind: PassAggregation.Kind
    let parameters: PassParameters
    /// How many samples have the same trials: all that the estimates depend on, however many samples there are.
    private var samples: [TaskTrials: Int] = [:]
    /// The sample of the last row and its trials so far; rows come in plan order.
    private var open: (task: String, sample: String, trials: TaskTrials)?
    private var count = 0

    init(kind: PassAggregation.Kind, parameters: PassParameters) {
        self.kind = kind
        self.parameters = parameters
    }

    mutating func add(_ row: MetricRow) {
        let key = parameters.valueKey ?? row.score.values.keys.sorted().first ?? ""
        guard let value = row.score.values[key] else { return }
        count += 1
        if open?.sample != row.episode.sample || open?.task != row.episode.task {
            if let open { samples[open.trials, default: 0] += 1 }
            open = (row.episode.task, row.episode.sample, TaskTrials(count: 0, successes: 0))
        }
        open?.trials.count += 1
        if (value - 1).magnitude <= 1e-6 { open?.trials.successes += 1 }
    }

    func finish() throws -> AggregateResult {
        var samples = samples
        if let open { samples[open.trials, default: 0] += 1 }
        let kinds = samples.sorted { ($0.key.count, $0.key.successes) < ($1.key.count, $1.key.successes) }
        let total = samples.values.reduce(0, +)
        var result = AggregateResult(values: [], count: count, metadata: ["sample_count": .int(Int64(total))])
        guard let fewest = kinds.first?.key.count else { return result }
        for k in 1...max(1, min(fewest, parameters.maxK ?? fewest)) {
            var estimates = RunningClusteredMean()
            for (trials, number) in kinds {
                guard let estimate = kind == .all ? trials.passHat(k) : trials.passAt(k) else { continue }
                for _ in 0..<number { estimates.add(estimate, beginsCluster: true) }
            }
            guard let mean = estimates.estimate else { continue }
            result.values.append(("\(kind.rawValue)\(k)", mean.mean))
            if let interval = mean.studentInterval() {
                result.intervals["\(kind.rawValue)\(k)"] = (max(0, interval.lower), min(1, interval.upper))
            }
        }
        return result
    }
}

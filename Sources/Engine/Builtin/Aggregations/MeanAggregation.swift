import Evaluation
import JSON
import Statistics

/// `mean`: the mean of each value, with a 95 % interval that takes trials of one sample as one cluster.
///
/// A score of which only 0 and 1 occur is a share. Its interval is Wilson's with one trial a sample, and where all trials of all
/// samples agree, for then Student's would shrink to a point. Every other interval is Student's t on cluster-robust standard
/// errors (Miller 2024); amounts that do not vary have none. `weighted_mean` weighs rows by `metadata.weight`.
struct MeanAggregation: Aggregation {
    let isWeighted: Bool

    func makeAccumulator(seed: UInt64) -> any Accumulator { MeanAccumulator(isWeighted: isWeighted) }
}

private struct MeanAccumulator: Accumulator {
    /// What the rows of one value come to.
    private struct Column {
        var mean = RunningClusteredMean()
        /// The same of values in percent, taken as shares.
        var share = RunningClusteredMean()
        var weightedSum = 0.0
        var totalWeight = 0.0
        /// The place of the sample that the last row was of.
        var sample = 0
    }

    let isWeighted: Bool
    private var order: [String] = []
    private var columns: [String: Column] = [:]
    private var last: (task: String, sample: String)?
    private var samples = 0
    private var count = 0
    private var scale = MetricScale.score

    init(isWeighted: Bool) { self.isWeighted = isWeighted }

    mutating func add(_ row: MetricRow) {
        count += 1
        scale = row.scale
        if last?.sample != row.episode.sample || last?.task != row.episode.task {
            // In plan order, so that trials of a sample follow each other.
            last = (row.episode.task, row.episode.sample)
            samples += 1
        }
        for key in row.score.values.keys.sorted() {
            guard let value = row.score.values[key] else { continue }
            if columns[key] == nil { order.append(key) }
            add(value, of: row, to: &columns[key, default: Column()])
        }
    }

    private func add(_ value: Double, of row: MetricRow, to column: inout Column) {
        if isWeighted {
            let weight = row.score.metadata["weight"]?.doubleValue ?? 1
            column.weightedSum += value * weight
            column.totalWeight += weight
            return
        }
        let isOther = column.sample != samples
        column.sample = samples
        column.mean.add(value, beginsCluster: isOther)
        if row.scale == .percent { column.share.add(value / 100, beginsCluster: isOther) }
    }

    func finish() throws -> AggregateResult {
        var result = AggregateResult(values: [], count: count)
        var methods: JSONObject = [:]
        for key in order {
            guard let column = columns[key] else { continue }
            if isWeighted {
                guard column.totalWeight > 0 else { continue }
                result.values.append((key, column.weightedSum / column.totalWeight))
                continue
            }
            guard let estimate = column.mean.estimate else { continue }
            result.values.append((key, estimate.mean))
            if let (interval, method) = interval(of: column) {
                result.intervals[key] = (interval.lower, interval.upper)
                methods[key] = .string(method)
            }
            if let error = estimate.standardError { result.metadata["standard_error_\(key)"] = JSONValue(error) }
        }
        if !methods.isEmpty { result.metadata["interval_method"] = .object(methods) }
        result.metadata["sample_count"] = .int(Int64(samples))
        return result
    }

    private func interval(of column: Column) -> (Interval, String)? {
        guard scale == .percent else { return interval(of: column.mean) }
        guard let (found, method) = interval(of: column.share) else { return nil }
        return (Interval(100 * found.lower, 100 * found.upper), method)
    }

    private func interval(of rows: RunningClusteredMean) -> (Interval, String)? {
        guard let estimate = rows.estimate else { return nil }
        let isShare = scale != .amount && rows.isBinary
        if isShare, estimate.clusterCount == rows.count,
            let share = Proportion(successes: rows.ones, of: rows.count)
        {
            return (share.wilsonInterval(), "wilson")
        }
        if isShare, !rows.doesVary, estimate.clusterCount > 1 {
            let successes = rows.ones > 0 ? estimate.clusterCount : 0
            return Proportion(successes: successes, of: estimate.clusterCount).map {
                ($0.wilsonInterval(), "wilson_over_samples")
            }
        }
        guard rows.doesVary || scale != .amount, let interval = estimate.studentInterval() else { return nil }
        let method = estimate.clusterCount == rows.count ? "t" : "t_clustered_by_sample"
        let lower = isShare || scale == .amount ? max(0, interval.lower) : interval.lower
        return (Interval(lower, isShare ? min(1, interval.upper) : interval.upper), method)
    }
}

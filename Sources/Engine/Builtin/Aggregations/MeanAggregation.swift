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
    let isWeighted: Bool
    var order: [String] = []
    var values: [String: [Double]] = [:]
    var weights: [String: [Double]] = [:]
    var clusters: [String: [Int]] = [:]
    var places: [String: Int] = [:]
    var count = 0
    var scale = MetricScale.score

    init(isWeighted: Bool) { self.isWeighted = isWeighted }

    mutating func add(_ row: MetricRow) {
        count += 1
        scale = row.scale
        let name = "\(row.episode.task)\u{1}\(row.episode.sample)"
        let place = places[name] ?? places.count
        places[name] = place
        for key in row.score.values.keys.sorted() {
            guard let value = row.score.values[key] else { continue }
            if values[key] == nil { order.append(key) }
            values[key, default: []].append(value)
            clusters[key, default: []].append(place)
            if isWeighted { weights[key, default: []].append(row.score.metadata["weight"]?.doubleValue ?? 1) }
        }
    }

    func finish() throws -> AggregateResult {
        var result = AggregateResult(values: [], count: count)
        var methods: JSONObject = [:]
        for key in order {
            guard let rows = values[key], let groups = clusters[key] else { continue }
            if isWeighted, let weights = weights[key] {
                let total = weights.reduce(0, +)
                guard total > 0 else { continue }
                result.values.append((key, zip(rows, weights).reduce(0) { $0 + $1.0 * $1.1 } / total))
                continue
            }
            guard let estimate = ClusteredMean(rows, clusters: groups) else { continue }
            result.values.append((key, estimate.mean))
            if let (interval, method) = interval(of: rows, estimate, groups) {
                result.intervals[key] = (interval.lower, interval.upper)
                methods[key] = .string(method)
            }
            if let error = estimate.standardError { result.metadata["standard_error_\(key)"] = JSONValue(error) }
        }
        if !methods.isEmpty { result.metadata["interval_method"] = .object(methods) }
        result.metadata["sample_count"] = .int(Int64(places.count))
        return result
    }

    private func interval(
        of rows: [Double], _ estimate: ClusteredMean, _ groups: [Int]
    ) -> (Interval, String)? {
        guard scale == .percent else { return interval(of: rows, estimate) }
        let shares = rows.map { $0 / 100 }
        guard let scaled = ClusteredMean(shares, clusters: groups), let (found, method) = interval(of: shares, scaled)
        else { return nil }
        return (Interval(100 * found.lower, 100 * found.upper), method)
    }

    private func interval(of rows: [Double], _ estimate: ClusteredMean) -> (Interval, String)? {
        let isShare = scale != .amount && rows.allSatisfy { $0 == 0 || $0 == 1 }
        let doVary = rows.contains { $0 != rows[0] }
        if isShare, estimate.clusterCount == rows.count,
            let share = Proportion(successes: rows.count { $0 == 1 }, of: rows.count)
        {
            return (share.wilsonInterval(), "wilson")
        }
        if isShare, !doVary, estimate.clusterCount > 1 {
            let successes = rows[0] == 1 ? estimate.clusterCount : 0
            return Proportion(successes: successes, of: estimate.clusterCount).map {
                ($0.wilsonInterval(), "wilson_over_samples")
            }
        }
        guard doVary || scale != .amount, let interval = estimate.studentInterval() else { return nil }
        let method = estimate.clusterCount == rows.count ? "t" : "t_clustered_by_sample"
        let lower = isShare || scale == .amount ? max(0, interval.lower) : interval.lower
        return (Interval(lower, isShare ? min(1, interval.upper) : interval.upper), method)
    }
}

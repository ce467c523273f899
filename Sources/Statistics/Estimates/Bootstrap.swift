/// What resampling says about an estimate.
///
/// The units that are resampled have to be independent: tasks, not the trials of a task. Deterministic for a given seed.
public struct Bootstrap: Sendable {
    /// How the resampling is done.
    public struct Options: Sendable, Hashable {
        /// How many resamples are drawn.
        public var replicates: Int
        /// The seed of the ``SplitMix64`` that draws them.
        public var seed: UInt64

        /// Makes options.
        public init(replicates: Int = 10_000, seed: UInt64) {
            self.replicates = replicates
            self.seed = seed
        }
    }

    /// The statistic of the data as they are.
    public let estimate: Double
    /// The statistic of every resample, in the order of drawing.
    public let replicates: [Double]
    /// The statistic without each unit in turn, for ``biasCorrectedInterval(level:)``.
    private let jackknife: [Double]
    private let sorted: [Double]

    /// Resamples `count` units with replacement and computes a statistic of each resample.
    ///
    /// - Parameters:
    ///   - count: How many units there are, at least one.
    ///   - options: Number of resamples and seed.
    ///   - statistic: Computes the statistic from the chosen units' places, which repeat.
    public init?(count: Int, options: Options, statistic: ([Int]) -> Double) {
        guard count > 0, options.replicates > 0 else { return nil }
        var generator = SplitMix64(seed: options.seed)
        var places = Array(0..<count)
        let estimate = statistic(places)
        self.estimate = estimate
        jackknife = (0..<count).map { left in count == 1 ? estimate : statistic((0..<count).filter { $0 != left }) }
        var replicates: [Double] = []
        replicates.reserveCapacity(options.replicates)
        for _ in 0..<options.replicates {
            for draw in 0..<count { places[draw] = generator.below(count) }
            replicates.append(statistic(places))
        }
        self.replicates = replicates
        sorted = replicates.sorted()
    }

    /// Resamples the mean of independent values, such as one difference for each task; nil without values.
    public init?(meanOf values: [Double], options: Options) {
        self.init(count: values.count, options: options) { places in
            places.reduce(0) { $0 + values[$1] } / Double(places.count)
        }
    }

    /// Resamples whole clusters and computes the mean of all values in the chosen ones; nil without values.
    ///
    /// Large clusters weigh more, as in the plain mean. Empty clusters are left out.
    public init?(meanOfClusters clusters: [[Double]], options: Options) {
        let sums = clusters.filter { !$0.isEmpty }.map { (sum: $0.reduce(0, +), count: Double($0.count)) }
        self.init(count: sums.count, options: options) { places in
            var (sum, count) = (0.0, 0.0)
            for place in places {
                sum += sums[place].sum
                count += sums[place].count
            }
            return sum / count
        }
    }

    /// The standard deviation of the resampled statistic.
    public var standardError: Double { replicates.sampleDeviation ?? 0 }

    /// The interval between quantiles of the resampled statistic.
    public func percentileInterval(level: Double = 0.95) -> Interval {
        interval(between: (1 - level) / 2, and: (1 + level) / 2)
    }

    /// The percentile interval reflected at the estimate.
    public func basicInterval(level: Double = 0.95) -> Interval {
        let percentile = percentileInterval(level: level)
        return Interval(2 * estimate - percentile.upper, 2 * estimate - percentile.lower)
    }

    /// The bias-corrected and accelerated interval (BCa; Efron 1987).
    ///
    /// Nil when all replicates lie on one side of the estimate, where the correction is infinite.
    public func biasCorrectedInterval(level: Double = 0.95) -> Interval? {
        let (bias, acceleration) = (biasCorrection, self.acceleration)
        guard bias.isFinite else { return nil }
        func share(_ quantile: Double) -> Double {
            let shifted = bias + quantile
            return NormalDistribution.cumulative(bias + shifted / (1 - acceleration * shifted))
        }
        let z = NormalDistribution.quantile(0.5 + level / 2)
        return interval(between: share(-z), and: share(z))
    }

    /// The normal quantile of the share of replicates below the estimate, ties counting half.
    public var biasCorrection: Double {
        let below = replicates.reduce(0) { $0 + ($1 < estimate ? 1 : $1 == estimate ? 0.5 : 0) }
        return NormalDistribution.quantile(below / Double(replicates.count))
    }

    /// The jackknife estimate of how the standard error changes with the true value.
    public var acceleration: Double {
        let centre = jackknife.mean ?? 0
        let (squares, cubes) = jackknife.reduce((0.0, 0.0)) { sums, value in
            let distance = centre - value
            return (sums.0 + distance * distance, sums.1 + distance * distance * distance)
        }
        return squares == 0 ? 0 : cubes / (6 * squares * squares.squareRoot())
    }

    /// The two-sided p value of the statistic being zero: twice the smaller share of replicates on either side, never zero.
    public var pValueOfZero: Double {
        let below = replicates.count { $0 <= 0 }
        let above = replicates.count { $0 >= 0 }
        return min(1, 2 * Double(min(below, above) + 1) / Double(replicates.count + 1))
    }

    private func interval(between lower: Double, and upper: Double) -> Interval {
        Interval(quantileOfSorted(sorted, lower), quantileOfSorted(sorted, upper))
    }
}

/// What paired differences say by Student's t: one difference for each task.
public struct PairedComparison: Sendable, Hashable {
    /// The number of differences, at least two.
    public let count: Int
    /// The mean difference.
    public let mean: Double
    /// The standard deviation of the differences.
    public let deviation: Double
    private let positives: Int
    private let negatives: Int

    /// Takes the differences; nil of fewer than two.
    public init?(_ differences: [Double]) {
        guard let mean = differences.mean, let deviation = differences.sampleDeviation else { return nil }
        count = differences.count
        self.mean = mean
        self.deviation = deviation
        positives = differences.count { $0 > 0 }
        negatives = differences.count { $0 < 0 }
    }

    private var distribution: StudentDistribution { StudentDistribution(degreesOfFreedom: Double(count - 1)) }
    private var standardError: Double { deviation / Double(count).squareRoot() }

    /// The two-sided t test of the mean being zero; NaN when all differences are zero.
    public var tTest: TestResult {
        let t = mean / standardError
        return TestResult(
            statistic: t, pValue: 2 * distribution.survival(abs(t)), degreesOfFreedom: distribution.degreesOfFreedom)
    }

    /// The t interval of the mean.
    public func interval(level: Double = 0.95) -> Interval {
        let reach = distribution.quantile(0.5 + level / 2) * standardError
        return Interval(mean - reach, mean + reach)
    }

    /// The mean in units of the differences' standard deviation: Cohen's d_z.
    public var cohensDz: Double { mean / deviation }

    /// Cohen's d_z with Hedges' correction for small samples.
    public var hedgesGz: Double { cohensDz * (1 - 3 / (4 * Double(count - 1) - 1)) }

    /// The p value of two one-sided tests (TOST) of the mean lying within ± `margin`.
    ///
    /// A small value says that any difference is smaller than the margin, which a large p value of the t test does not say.
    public func equivalencePValue(margin: Double) -> Double {
        let aboveLower = distribution.survival((mean + margin) / standardError)
        let belowUpper = distribution.cumulative((mean - margin) / standardError)
        return max(aboveLower, belowUpper)
    }

    /// The two-sided exact sign test, zeros left out; one when there is nothing else.
    public var signTestPValue: Double {
        BinomialDistribution.evenSplitPValue(fewer: min(positives, negatives), of: positives + negatives)
    }
}

import Glibc

/// Measures of how large a difference is, whatever its significance.
public enum EffectSize {
    /// Cohen's h of two rates: the difference of their arcsine transforms; 0.2, 0.5 and 0.8 pass for small, medium and large.
    public static func cohensH(_ first: Double, _ second: Double) -> Double {
        2 * asin(first.squareRoot()) - 2 * asin(second.squareRoot())
    }

    /// Cohen's d of two independent groups, with the pooled standard deviation; nil with fewer than two values in a group.
    public static func cohensD(_ first: [Double], _ second: [Double]) -> Double? {
        guard let (difference, deviation) = differenceAndPooledDeviation(first, second) else { return nil }
        return difference / deviation
    }

    /// Cliff's delta: how much more often a value of the first group is greater than one of the second than smaller.
    ///
    /// Nil when a group is empty.
    public static func cliffsDelta(_ first: [Double], _ second: [Double]) -> Double? {
        guard !first.isEmpty, !second.isEmpty else { return nil }
        return 2 * mannWhitneyStatistic(first, second) / Double(first.count * second.count) - 1
    }
}

func differenceAndPooledDeviation(
    _ first: [Double], _ second: [Double]
) -> (difference: Double, deviation: Double)? {
    guard let firstMean = first.mean, let secondMean = second.mean, let firstVariance = first.sampleVariance,
        let secondVariance = second.sampleVariance
    else { return nil }
    let squares = firstVariance * Double(first.count - 1) + secondVariance * Double(second.count - 1)
    return (firstMean - secondMean, (squares / Double(first.count + second.count - 2)).squareRoot())
}

import Glibc

/// Tests of two groups that did not try the same tasks; paired tests are stronger where they did.
public enum IndependentComparison {
    /// Student's t test, which takes both variances to be equal; nil with fewer than two values in a group.
    public static func student(_ first: [Double], _ second: [Double]) -> TestResult? {
        guard let (difference, deviation) = differenceAndPooledDeviation(first, second) else { return nil }
        let (m, n) = (Double(first.count), Double(second.count))
        return twoSided(difference / (deviation * (1 / m + 1 / n).squareRoot()), degreesOfFreedom: m + n - 2)
    }

    /// Welch's t test, which does not; nil with fewer than two values in a group.
    public static func welch(_ first: [Double], _ second: [Double]) -> TestResult? {
        guard let firstMean = first.mean, let secondMean = second.mean, let firstVariance = first.sampleVariance,
            let secondVariance = second.sampleVariance
        else { return nil }
        let (m, n) = (Double(first.count), Double(second.count))
        let (u, v) = (firstVariance / m, secondVariance / n)
        let freedom = (u + v) * (u + v) / (u * u / (m - 1) + v * v / (n - 1))
        return twoSided((firstMean - secondMean) / (u + v).squareRoot(), degreesOfFreedom: freedom)
    }

    /// The two-sided test of Mann and Whitney, with the first group's U; nil when a group is empty.
    ///
    /// Exact when one group has at most eight values and none are tied, else the normal approximation with continuity correction.
    public static func mannWhitney(_ first: [Double], _ second: [Double]) -> TestResult? {
        guard !first.isEmpty, !second.isEmpty else { return nil }
        let statistic = mannWhitneyStatistic(first, second)
        let (m, n) = (first.count, second.count)
        let ranked = Ranks(first + second)
        let larger = max(statistic, Double(m * n) - statistic)
        if ranked.ties.isEmpty, min(m, n) <= 8, m * n <= 2000 {
            let tail = mannWhitneyUpperTail(m, n, from: Int(larger))
            return TestResult(statistic: statistic, pValue: min(1, 2 * tail))
        }
        let total = Double(m + n)
        let variance = Double(m * n) / 12 * (total + 1 - ranked.tieTerm / (total * (total - 1)))
        let z = (larger - Double(m * n) / 2 - 0.5) / variance.squareRoot()
        return TestResult(statistic: statistic, pValue: min(1, 2 * NormalDistribution.survival(z)))
    }

    private static func twoSided(_ t: Double, degreesOfFreedom: Double) -> TestResult {
        let tail = StudentDistribution(degreesOfFreedom: degreesOfFreedom).survival(abs(t))
        return TestResult(statistic: t, pValue: 2 * tail, degreesOfFreedom: degreesOfFreedom)
    }
}

/// How often a value of the first group is greater than one of the second, ties counting half.
func mannWhitneyStatistic(_ first: [Double], _ second: [Double]) -> Double {
    let ranks = Ranks(first + second).ranks
    let m = Double(first.count)
    return ranks.prefix(first.count).reduce(0, +) - m * (m + 1) / 2
}

/// The chance of U being at least `start` for groups of `m` and `n` values without ties.
private func mannWhitneyUpperTail(_ m: Int, _ n: Int, from start: Int) -> Double {
    // Exact, for up to 2000 pairs the counts stay below 2^53. The generating function is the Gaussian binomial: multiply by 1 - q^(n+i), divide by 1 - q^i, for i up to the smaller group.
    let (small, large) = (min(m, n), max(m, n))
    var counts = Array(repeating: 0.0, count: m * n + 1)
    counts[0] = 1
    for order in 1...small {
        for sum in stride(from: m * n, through: large + order, by: -1) { counts[sum] -= counts[sum - large - order] }
        for sum in stride(from: order, through: m * n, by: 1) { counts[sum] += counts[sum - order] }
    }
    return counts.dropFirst(start).reduce(0, +) / counts.reduce(0, +)
}

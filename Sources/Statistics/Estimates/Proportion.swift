/// A share of successes among independent attempts, and what it says about the true rate.
public struct Proportion: Sendable, Hashable {
    /// The number of successes.
    public let successes: Int
    /// The number of attempts, at least one.
    public let count: Int

    /// Takes the counts; nil without attempts, or when the successes are negative or more than the attempts.
    public init?(successes: Int, of count: Int) {
        guard count > 0, (0...count).contains(successes) else { return nil }
        self.successes = successes
        self.count = count
    }

    /// The share itself.
    public var value: Double { Double(successes) / Double(count) }

    /// Wilson's score interval (1927), without continuity correction: the default for success rates.
    ///
    /// It keeps close to its level for small counts and for shares near zero and one, where mean ± 1.96 standard errors fails.
    public func wilsonInterval(level: Double = 0.95) -> Interval {
        let z = NormalDistribution.quantile(0.5 + level / 2)
        let n = Double(count)
        let scale = 1 + z * z / n
        let centre = (value + z * z / (2 * n)) / scale
        let reach = z * (value * (1 - value) / n + z * z / (4 * n * n)).squareRoot() / scale
        return Interval(successes == 0 ? 0 : centre - reach, successes == count ? 1 : centre + reach).clippedToUnit()
    }

    /// The exact interval of Clopper and Pearson (1934), which covers at least the level and mostly more.
    public func clopperPearsonInterval(level: Double = 0.95) -> Interval {
        let tail = (1 - level) / 2
        let (k, n) = (Double(successes), Double(count))
        return Interval(
            successes == 0 ? 0 : BetaDistribution(k, n - k + 1).quantile(tail),
            successes == count ? 1 : BetaDistribution(k + 1, n - k).quantile(1 - tail))
    }

    /// The equal-tailed interval under the prior of Jeffreys.
    public func jeffreysInterval(level: Double = 0.95) -> Interval {
        let tail = (1 - level) / 2
        let posterior = BetaDistribution(Double(successes) + 0.5, Double(count - successes) + 0.5)
        return Interval(posterior.quantile(tail), posterior.quantile(1 - tail))
    }

    /// The interval of Agresti and Coull (1998), cut to between zero and one.
    public func agrestiCoullInterval(level: Double = 0.95) -> Interval {
        let z = NormalDistribution.quantile(0.5 + level / 2)
        let n = Double(count) + z * z
        let centre = (Double(successes) + z * z / 2) / n
        let reach = z * (centre * (1 - centre) / n).squareRoot()
        return Interval(centre - reach, centre + reach).clippedToUnit()
    }

    /// The textbook interval, share ± z standard errors, cut to between zero and one; only for comparison with others' figures.
    public func normalInterval(level: Double = 0.95) -> Interval {
        let z = NormalDistribution.quantile(0.5 + level / 2)
        let reach = z * (value * (1 - value) / Double(count)).squareRoot()
        return Interval(value - reach, value + reach).clippedToUnit()
    }
}

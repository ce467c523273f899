/// The number of successes in independent attempts.
public struct BinomialDistribution: Sendable, Hashable {
    /// The number of attempts.
    public let count: Int
    /// The chance of success in each.
    public let chance: Double

    /// Makes a distribution.
    public init(count: Int, chance: Double) {
        self.count = count
        self.chance = chance
    }

    /// The chance of exactly `successes`.
    public func mass(_ successes: Int) -> Double {
        guard (0...count).contains(successes) else { return 0 }
        return binomialTerm(Double(successes), Double(count), chance, 1 - chance)
    }

    /// The chance of `successes` or fewer.
    public func cumulative(_ successes: Int) -> Double { tails(successes).lower }

    /// The chance of more than `successes`.
    public func survival(_ successes: Int) -> Double { tails(successes).upper }

    private func tails(_ successes: Int) -> (lower: Double, upper: Double) {
        if successes < 0 { return (0, 1) }
        if successes >= count { return (1, 0) }
        return incompleteBeta(Double(count - successes), Double(successes) + 1, 1 - chance, chance)
    }

    /// Twice the chance of `fewer` or less of `count` fair coin tosses: the two-sided p value of as uneven a result.
    static func evenSplitPValue(fewer: Int, of count: Int) -> Double {
        // Half or next to half of the tosses is the most even result there is.
        if count - 2 * fewer <= 1 { return 1 }
        return min(1, 2 * BinomialDistribution(count: count, chance: 0.5).cumulative(fewer))
    }
}

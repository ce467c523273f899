/// The interval of the difference of two success rates on the same samples.
///
/// Tango's score interval (1998) is to a paired difference what Wilson's is to a share: it keeps close to its level for few
/// samples, and does not shrink to a point where the two never disagree.
public struct PairedProportions: Sendable, Hashable {
    /// Samples on which only the first succeeded.
    public let firstOnly: Int
    /// Samples on which only the second succeeded.
    public let secondOnly: Int
    /// All samples, also those on which they agree; at least one.
    public let count: Int

    /// Takes the counts; nil without samples, or when the counts contradict each other.
    public init?(firstOnly: Int, secondOnly: Int, of count: Int) {
        guard count > 0, firstOnly >= 0, secondOnly >= 0, firstOnly + secondOnly <= count else { return nil }
        self.firstOnly = firstOnly
        self.secondOnly = secondOnly
        self.count = count
    }

    /// The second's rate minus the first's.
    public var difference: Double { Double(secondOnly - firstOnly) / Double(count) }

    /// Tango's score interval of ``difference``.
    public func scoreInterval(level: Double = 0.95) -> Interval {
        let z = NormalDistribution.quantile(0.5 + level / 2)
        return Interval(
            firstOnly == count ? -1 : end(from: -1, to: difference, at: z),
            secondOnly == count ? 1 : end(from: difference, to: 1, at: -z))
    }

    /// The difference at which the score, which falls as the difference grows, is `wanted`.
    private func end(from low: Double, to high: Double, at wanted: Double) -> Double {
        var (low, high) = (low, high)
        // Each step halves the interval: after 60 only rounding is left.
        for _ in 0..<60 {
            let middle = low + (high - low) / 2
            if score(middle) > wanted { low = middle } else { high = middle }
        }
        return low + (high - low) / 2
    }

    /// How far what was seen lies from a supposed difference, in standard errors under that difference.
    private func score(_ supposed: Double) -> Double {
        let (n, gained, lost) = (Double(count), Double(secondOnly), Double(firstOnly))
        // The likeliest rate of losses under the supposed difference is the larger root of a quadratic equation.
        let linear = (2 * n - gained + lost) * supposed - gained - lost
        let constant = -lost * supposed * (1 - supposed)
        let root = max(0, linear * linear - 8 * n * constant).squareRoot()
        let losses = max(0, (root - linear) / (4 * n))
        let variance = n * (2 * losses + supposed * (1 - supposed))
        let distance = gained - lost - n * supposed
        guard variance > 0 else { return distance == 0 ? 0 : distance > 0 ? .infinity : -.infinity }
        return distance / variance.squareRoot()
    }
}

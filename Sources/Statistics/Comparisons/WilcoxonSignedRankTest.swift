import Glibc

/// Wilcoxon's signed-rank test of paired differences: whether they are symmetric about zero.
public struct WilcoxonSignedRankTest: Sendable {
    /// What becomes of differences of zero.
    public enum ZeroMethod: String, Sendable, Hashable, CaseIterable {
        /// They are left out, as Wilcoxon did.
        case wilcox
        /// They are ranked, then left out (Pratt 1959).
        case pratt
        /// They are ranked, and their ranks are shared between both signs.
        case zsplit
    }

    /// How the p value is computed.
    public enum Method: Sendable, Hashable {
        /// From all sign flips of the ranks as they are, ties included. Takes time cubic in the number of differences.
        case exact
        /// From the normal approximation, with a correction for ties.
        case normal(continuity: Bool)
        /// Exactly for up to 50 differences without ties and zeros and for up to 13 with them, else normally without continuity.
        case automatic
    }

    /// The sum of the ranks of positive differences.
    public let positiveRanks: Double
    /// The sum of the ranks of negative differences.
    public let negativeRanks: Double
    /// The ranks of the differences other than zero.
    private let ranks: [Double]
    /// What zeros add to both sums.
    private let sharedRanks: Double
    private let expected: Double
    private let deviation: Double
    private let isExactByDefault: Bool

    /// Ranks the differences by their size.
    public init(_ differences: [Double], zeros: ZeroMethod = .wilcox) {
        let kept = zeros == .wilcox ? differences.filter { $0 != 0 } : differences
        let ranked = Ranks(kept.map { abs($0) })
        let zeroPlaces = kept.indices.filter { kept[$0] == 0 }
        let zeroCount = Double(zeroPlaces.count)
        let places = kept.indices.filter { kept[$0] != 0 }
        ranks = places.map { ranked.ranks[$0] }
        sharedRanks = zeros == .zsplit ? zeroPlaces.reduce(0) { $0 + ranked.ranks[$1] } / 2 : 0
        positiveRanks = places.reduce(sharedRanks) { kept[$1] > 0 ? $0 + ranked.ranks[$1] : $0 }
        negativeRanks = places.reduce(sharedRanks) { kept[$1] < 0 ? $0 + ranked.ranks[$1] : $0 }
        let n = Double(kept.count)
        var mean = n * (n + 1) / 4
        var variance = n * (n + 1) * (2 * n + 1)
        var ties = ranked.tieTerm
        if zeros == .pratt {
            // The zeros' ranks are not in the sums, so they are taken out of both moments and of the ties.
            mean -= zeroCount * (zeroCount + 1) / 4
            variance -= zeroCount * (zeroCount + 1) * (2 * zeroCount + 1)
            ties -= zeroCount * (zeroCount * zeroCount - 1)
        }
        expected = mean
        deviation = max((variance - ties / 2) / 24, 0).squareRoot()
        let isPlain = ranked.ties.isEmpty && !differences.contains(0)
        isExactByDefault = differences.count <= (isPlain ? 50 : 13)
    }

    /// The standardized sum of positive ranks, without continuity correction; NaN when all differences are zero.
    public var z: Double { (positiveRanks - expected) / deviation }

    /// The matched-pairs rank-biserial correlation: the difference of both rank sums over their sum; nil without ranks.
    public var rankBiserial: Double? {
        let total = positiveRanks + negativeRanks
        return total > 0 ? (positiveRanks - negativeRanks) / total : nil
    }

    /// Performs the test.
    ///
    /// The statistic is the smaller rank sum when two-sided, else that of the positive differences. NaN when all are zero.
    public func result(_ alternative: Alternative = .twoSided, method: Method = .automatic) -> TestResult {
        let statistic = alternative == .twoSided ? min(positiveRanks, negativeRanks) : positiveRanks
        guard !ranks.isEmpty else { return TestResult(statistic: statistic, pValue: .nan) }
        switch method {
        case .automatic: return result(alternative, method: isExactByDefault ? .exact : .normal(continuity: false))
        case .exact: return TestResult(statistic: statistic, pValue: exactPValue(alternative))
        case .normal(let continuity):
            return TestResult(statistic: statistic, pValue: normalPValue(alternative, continuity: continuity))
        }
    }

    private func exactPValue(_ alternative: Alternative) -> Double {
        let observed = Int((2 * (positiveRanks - sharedRanks)).rounded())
        return pValue(SignFlips(ranks.map { Int((2 * $0).rounded()) }).tails(observed), alternative)
    }

    private func normalPValue(_ alternative: Alternative, continuity: Bool) -> Double {
        let correction = continuity ? 0.5 / deviation : 0
        switch alternative {
        case .less: return NormalDistribution.cumulative(z + correction)
        case .greater: return NormalDistribution.survival(z - correction)
        case .twoSided:
            // The correction moves z towards zero, and a z of zero stays.
            return min(1, 2 * NormalDistribution.survival(z == 0 ? 0 : abs(abs(z) - correction)))
        }
    }
}

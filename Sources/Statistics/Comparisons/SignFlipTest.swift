import Glibc

/// The permutation test of paired differences: whether their mean is as expected when every sign is a coin toss.
///
/// It asks nothing of the differences but symmetry about zero. The unit is the task: average its trials first.
public struct SignFlipTest: Sendable, Hashable {
    /// The mean difference and its p value: two-sided, twice the smaller share of sign flips at least as extreme.
    public let result: TestResult
    /// Whether all sign flips were counted; otherwise random ones were.
    public let isExact: Bool

    /// Performs the test; nil without differences.
    ///
    /// Exact when the differences are multiples of a common fraction down to 1/1000, as means over trials are, and for up to 20
    /// differences of any kind. Else `flips` random sign flips are drawn with the seed, and the observed one is counted with them.
    public init?(
        _ differences: [Double], alternative: Alternative = .twoSided, flips: Int = 100_000, seed: UInt64 = 0
    ) {
        guard let mean = differences.mean else { return nil }
        let tails: (atMost: Double, atLeast: Double)
        if let terms = SignFlipTest.wholeTerms(differences) {
            let observed = terms.reduce(0) { $1 > 0 ? $0 + $1 : $0 }
            tails = SignFlips(terms.map { abs($0) }).tails(observed)
            isExact = true
        } else if differences.count <= 20 {
            tails = SignFlipTest.enumeratedTails(differences)
            isExact = true
        } else {
            tails = SignFlipTest.randomTails(differences, flips: max(flips, 1), seed: seed)
            isExact = false
        }
        result = TestResult(statistic: mean, pValue: pValue(tails, alternative))
    }

    /// The differences in units of their greatest common fraction, if they have one and their distribution is small enough.
    private static func wholeTerms(_ differences: [Double]) -> [Int]? {
        for unit in 1...1000 {
            let scaled = differences.map { $0 * Double(unit) }
            guard scaled.allSatisfy({ abs($0) < 1e6 && abs($0 - $0.rounded()) < 1e-9 }) else { continue }
            let terms = scaled.map { Int($0.rounded()) }
            return SignFlips.cost(terms.map { abs($0) }) < 1e8 ? terms : nil
        }
        return nil
    }

    private static func enumeratedTails(_ differences: [Double]) -> (atMost: Double, atLeast: Double) {
        let observed = differences.reduce(0, +)
        let tolerance = slack(differences)
        var sums = [0.0]
        for difference in differences { sums = sums.map { $0 + difference } + sums.map { $0 - difference } }
        let total = Double(sums.count)
        return (
            Double(sums.count { $0 <= observed + tolerance }) / total,
            Double(sums.count { $0 >= observed - tolerance }) / total
        )
    }

    private static func randomTails(
        _ differences: [Double], flips: Int, seed: UInt64
    ) -> (atMost: Double, atLeast: Double) {
        let observed = differences.reduce(0, +)
        let tolerance = slack(differences)
        var generator = SplitMix64(seed: seed)
        var (below, above) = (1, 1)
        for _ in 0..<flips {
            var (sum, bits) = (0.0, UInt64(0))
            for (place, difference) in differences.enumerated() {
                if place % 64 == 0 { bits = generator.next() }
                sum += bits & 1 == 0 ? difference : -difference
                bits >>= 1
            }
            if sum <= observed + tolerance { below += 1 }
            if sum >= observed - tolerance { above += 1 }
        }
        return (Double(below) / Double(flips + 1), Double(above) / Double(flips + 1))
    }

    /// How far two sums that are equal on paper may differ by rounding.
    private static func slack(_ differences: [Double]) -> Double {
        1e-12 * differences.reduce(0) { $0 + abs($1) }
    }
}

extension ClusteredPairs {
    /// A test of whether two variants differ.
    public struct Test: Sendable, Hashable {
        /// Which test it is.
        public enum Kind: String, Sendable, Hashable {
            /// McNemar's exact test: successes and failures, every sample attempted once.
            case mcNemarExact = "mcnemar_exact"
            /// All sign flips of the samples' differences counted.
            case signFlipExact = "sign_flip_exact"
            /// Random sign flips of the samples' differences counted.
            case signFlipSampled = "sign_flip_monte_carlo"
        }

        /// Which test it is.
        public let kind: Kind
        /// The two-sided p value.
        public let pValue: Double
        /// McNemar's less conservative mid-p value, beside the exact one.
        public let midPValue: Double?
    }

    /// The most random signs that a test draws: some seconds of work at most.
    private static let signLimit = 400_000_000

    /// The two-sided test that fits: McNemar's where every sample was attempted once and values are 0 or 1, and else a
    /// permutation test in which each sample's differences change their sign together.
    ///
    /// Random sign flips, up to 100,000 and fewer of very many samples, come from the seed.
    public func test(seed: UInt64 = 0) -> Test {
        if let mcNemar, count == clusterCount {
            return Test(kind: .mcNemarExact, pValue: mcNemar.exact.pValue, midPValue: mcNemar.midPValue)
        }
        let flips = min(100_000, max(1000, Self.signLimit / max(1, clusterCount)))
        guard let test = SignFlipTest(clusterSums, flips: flips, seed: seed) else {
            return Test(kind: .signFlipExact, pValue: 1, midPValue: nil)
        }
        return Test(
            kind: test.isExact ? .signFlipExact : .signFlipSampled, pValue: test.result.pValue, midPValue: nil)
    }

    /// The smallest difference that so many samples find, given how they vary; nil where none of them differs.
    ///
    /// Connor's formula (1987) for single attempts with success or failure, else from the clustered standard error.
    public func minimumDetectableDifference(_ power: PowerAnalysis) -> Double? {
        if isBinary, count == clusterCount {
            return power.minimumDetectableDifference(
                tasks: count, discordance: Double(higher + lower) / Double(count))
        }
        guard let standardError, standardError > 0 else { return nil }
        // A standard error is the deviation of a mean of one.
        return power.minimumDetectableMean(tasks: 1, deviation: standardError)
    }
}

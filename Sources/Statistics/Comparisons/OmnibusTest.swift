/// Tests of whether several variants that tried the same tasks differ at all, before pairs of them are compared.
public enum OmnibusTest {
    /// Cochran's Q of success or failure: rows are tasks, columns are variants.
    ///
    /// Tasks on which all variants agree do not matter. The statistic is NaN when they agree on all, and nil is returned for
    /// fewer than two variants or rows of different lengths. Two variants give McNemar's chi-squared without continuity.
    public static func cochransQ(_ outcomes: [[Bool]]) -> TestResult? {
        guard let variants = outcomes.first?.count, variants > 1, outcomes.allSatisfy({ $0.count == variants })
        else { return nil }
        let k = Double(variants)
        let columns = (0..<variants).map { column in Double(outcomes.count { $0[column] }) }
        let rows = outcomes.map { row in Double(row.count { $0 }) }
        let total = rows.reduce(0, +)
        let spread = k * columns.reduce(0) { $0 + $1 * $1 } - total * total
        let disagreement = k * total - rows.reduce(0) { $0 + $1 * $1 }
        return result(disagreement == 0 ? .nan : (k - 1) * spread / disagreement, variants: variants)
    }

    /// Friedman's test of any scores: rows are tasks, columns are variants; ranks within each task, corrected for ties.
    ///
    /// NaN and nil as for ``cochransQ(_:)``, which it equals on scores of zero and one.
    public static func friedman(_ scores: [[Double]]) -> TestResult? {
        guard let variants = scores.first?.count, variants > 1, scores.allSatisfy({ $0.count == variants })
        else { return nil }
        let (k, n) = (Double(variants), Double(scores.count))
        let ranked = scores.map { Ranks($0) }
        let sums = (0..<variants).map { column in ranked.reduce(0) { $0 + $1.ranks[column] } }
        let spread = 12 / (k * n * (k + 1)) * sums.reduce(0) { $0 + $1 * $1 } - 3 * n * (k + 1)
        let correction = 1 - ranked.reduce(0) { $0 + $1.tieTerm } / (k * (k * k - 1) * n)
        return result(correction == 0 ? .nan : spread / correction, variants: variants)
    }

    private static func result(_ statistic: Double, variants: Int) -> TestResult {
        let freedom = Double(variants - 1)
        return TestResult(
            statistic: statistic,
            pValue: ChiSquaredDistribution(degreesOfFreedom: freedom).survival(statistic), degreesOfFreedom: freedom)
    }
}

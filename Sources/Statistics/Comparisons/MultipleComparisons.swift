import Glibc

/// Corrections of p values for their number: with twenty true null hypotheses one is below 0.05 by chance.
public enum MultipleComparisons: String, Sendable, Hashable, CaseIterable {
    /// Bonferroni: every p value times their number.
    case bonferroni
    /// Holm's step-down method (1979): never weaker than Bonferroni, under no more conditions. The default.
    case holm
    /// Šidák's, for independent tests.
    case sidak
    /// Holm's method with Šidák's factors.
    case holmSidak = "holm-sidak"
    /// Hochberg's step-up method (1988), for independent or positively dependent tests.
    case hochberg = "simes-hochberg"
    /// The false discovery rate of Benjamini and Hochberg (1995).
    case benjaminiHochberg = "fdr_bh"
    /// The false discovery rate of Benjamini and Yekutieli (2001), under any dependence.
    case benjaminiYekutieli = "fdr_by"

    /// The adjusted p values, in the order given; reject those that are at most the significance level.
    public func adjusted(_ pValues: [Double]) -> [Double] {
        let count = Double(pValues.count)
        switch self {
        case .bonferroni: return pValues.map { min(1, $0 * count) }
        case .sidak: return pValues.map { MultipleComparisons.sidak($0, count) }
        case .holm: return steppedDown(pValues) { min(1, $0 * (count - $1)) }
        case .holmSidak: return steppedDown(pValues) { MultipleComparisons.sidak($0, count - $1) }
        case .hochberg: return steppedUp(pValues) { $0 * (count - $1) }
        case .benjaminiHochberg: return steppedUp(pValues) { $0 * count / ($1 + 1) }
        case .benjaminiYekutieli:
            let harmonic = (0..<pValues.count).reduce(0.0) { $0 + 1 / Double($1 + 1) }
            return steppedUp(pValues) { $0 * count * harmonic / ($1 + 1) }
        }
    }

    /// Whether each hypothesis is rejected at a significance level, in the order given.
    public func rejects(_ pValues: [Double], significance: Double = 0.05) -> [Bool] {
        adjusted(pValues).map { $0 <= significance }
    }

    /// 1 - (1 - p)^count, without cancellation for small p.
    private static func sidak(_ pValue: Double, _ count: Double) -> Double {
        -expm1(count * log1p(-pValue))
    }

    /// From the smallest p value on, none smaller than the one before.
    private func steppedDown(_ pValues: [Double], _ adjust: (Double, Double) -> Double) -> [Double] {
        var adjusted = pValues
        var last = 0.0
        for (rank, place) in pValues.indices.sorted(by: { pValues[$0] < pValues[$1] }).enumerated() {
            last = max(last, adjust(pValues[place], Double(rank)))
            adjusted[place] = last
        }
        return adjusted
    }

    /// From the largest p value on, none larger than the one before.
    private func steppedUp(_ pValues: [Double], _ adjust: (Double, Double) -> Double) -> [Double] {
        var adjusted = pValues
        var last = 1.0
        for (rank, place) in pValues.indices.sorted(by: { pValues[$0] < pValues[$1] }).enumerated().reversed() {
            last = min(last, adjust(pValues[place], Double(rank)))
            adjusted[place] = last
        }
        return adjusted
    }
}

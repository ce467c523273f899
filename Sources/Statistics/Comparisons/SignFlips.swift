/// The distribution of a sum whose terms each count or not with equal chance, for terms that are whole numbers.
///
/// Ranks (doubled, so that shared ranks are whole too) give Wilcoxon's exact test, differences in units of their common fraction
/// the exact permutation test.
struct SignFlips {
    /// The chance of each sum from zero on.
    private let chances: [Double]

    init(_ terms: [Int]) {
        var chances = [1.0]
        for term in terms where term > 0 {
            var next = Array(repeating: 0.0, count: chances.count + term)
            for (sum, chance) in chances.enumerated() {
                next[sum] += chance / 2
                next[sum + term] += chance / 2
            }
            chances = next
        }
        self.chances = chances
    }

    /// What computing the distribution costs, in additions.
    static func cost(_ terms: [Int]) -> Double {
        Double(terms.count) * terms.reduce(0) { $0 + Double($1) }
    }

    /// The chances of a sum of at most and of at least `observed`.
    func tails(_ observed: Int) -> (atMost: Double, atLeast: Double) {
        let atMost = chances.prefix(max(observed + 1, 0)).reduce(0, +)
        let atLeast = chances.dropFirst(max(observed, 0)).reversed().reduce(0, +)
        return (atMost, atLeast)
    }
}

/// The p value of two tails that both include what was observed.
func pValue(_ tails: (atMost: Double, atLeast: Double), _ alternative: Alternative) -> Double {
    switch alternative {
    case .less: min(1, tails.atMost)
    case .greater: min(1, tails.atLeast)
    case .twoSided: min(1, 2 * min(tails.atMost, tails.atLeast))
    }
}

import Statistics

/// What comparisons say in words, the same on terminals and pages.
enum ComparisonWords {
    /// What the figures of a row allow to say.
    static func finding(_ row: MeasureComparison, _ settings: ComparisonSettings) -> String {
        let name = "\(row.scope) \(row.measure.title)"
        let found = row.detectable.map { "so many pairs find ±\(NumberText.fixed($0)) or more" }
        switch row.finding {
        case .higher: return "\(name): higher after (\(test(row)))"
        case .lower: return "\(name): lower after (\(test(row)))"
        case .equivalent:
            return "\(name): no difference beyond ±\(NumberText.fixed(settings.margin ?? 0)) (two one-sided tests)"
        case .undecided:
            guard row.pairs.higher + row.pairs.lower > 0 else { return "\(name): the same on every pair" }
            let limit =
                found.map { "\($0) with a power of \(power(settings))" } ?? "so few differing pairs can show none"
            return "\(name): no difference shown; \(limit)"
        }
    }

    private static func power(_ settings: ComparisonSettings) -> String {
        NumberText.level(settings.power)
    }

    /// Which test was made, and what it said before correction.
    static func test(_ row: MeasureComparison) -> String {
        let p = "p \(ComparisonText.probability(row.test.pValue)) before correction"
        switch row.test.kind {
        case .mcNemarExact: return "McNemar's exact test, \(row.pairs.higher) up, \(row.pairs.lower) down, \(p)"
        case .signFlipExact: return "permutation test over \(row.pairs.clusterCount) samples, \(p)"
        case .signFlipSampled: return "permutation test over \(row.pairs.clusterCount) samples, sampled, \(p)"
        }
    }

    /// The first number of each task or domain that is success or failure: whose changed episodes are listed.
    static func headlines(of comparison: RunComparison) -> [MeasureComparison] {
        var seen: Set<String> = []
        return comparison.measures.filter { $0.pairs.isBinary && seen.insert($0.scope).inserted }
    }

    /// `▲` or `▼` where a run differs from the first on the pairs that they share.
    static func mark(_ report: ComparisonReport, _ row: ComparisonReport.MatrixRow, _ place: Int) -> String? {
        guard place > 0 else { return nil }
        let comparison = report.comparisons[place - 1]
        guard let found = comparison.measures.first(where: { $0.scope == row.scope && $0.measure == row.measure })
        else { return nil }
        switch found.finding {
        case .higher: return "▲"
        case .lower: return "▼"
        case .equivalent, .undecided: return nil
        }
    }
}

extension NumberText {
    /// A level in percent, without a digit that says nothing: `95 %`, `97.5 %`.
    static func level(_ share: Double) -> String {
        let percent = share * 100
        return "\(fixed(percent, digits: (percent - percent.rounded()).magnitude < 1e-9 ? 0 : 1)) %"
    }
}

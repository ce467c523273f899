import JSON
import Statistics

/// One variant compared with another on the same tasks.
struct PairedAnalysis: Sendable {
    let variant: String
    let other: String
    /// Whether the comparison was planned before the run; its p value is corrected with the other planned ones.
    let isPlanned: Bool
    let tasks: Int
    let plannedTasks: Int
    let trials: Int
    /// Tasks by outcome of both, for one trial.
    let counts: McNemarTest?
    let both: Int
    let difference: Double?
    let percentile: Interval?
    let corrected: Interval?
    let pValue: Double
    let test: String
    let midPValue: Double?
    let wilcoxon: Double?
    let cohensH: Double?
    let standardized: Double?
    let rankBiserial: Double?
    let equivalence: Double?
    let detectable: Double?
    /// Holm-adjusted among the planned comparisons of the environment.
    var adjusted: Double?
    /// What the manipulation check says of the variant.
    var manipulation = ManipulationVerdict.notChecked

    init(_ variant: String, _ other: String, _ table: OutcomeTable, _ settings: AnalysisSettings, isPlanned: Bool) {
        let tasks = table.completeTasks([variant, other])
        let (first, second) = (table.entries(of: variant, on: tasks), table.entries(of: other, on: tasks))
        let differences = zip(first, second).map { $0.rate - $1.rate }
        let rewards = zip(first, second).map { $0.reward - $1.reward }
        self.variant = variant
        self.other = other
        self.isPlanned = isPlanned
        self.tasks = tasks.count
        plannedTasks = table.tasks.count
        trials = table.trials
        difference = differences.mean
        let options = Bootstrap.Options(replicates: settings.replicates, seed: UInt64(max(0, settings.seed)))
        let bootstrap = Bootstrap(meanOf: differences, options: options)
        percentile = bootstrap?.percentileInterval()
        let hasVariance = Set(differences).count > 1
        corrected = hasVariance ? bootstrap?.biasCorrectedInterval() : nil
        if table.trials == 1 {
            let counts = McNemarTest(first.map { $0.successes[0] }, second.map { $0.successes[0] })
            self.counts = counts
            both = zip(first, second).count { $0.successes[0] && $1.successes[0] }
            pValue = tasks.isEmpty ? 1 : counts.exact.pValue
            midPValue = counts.midPValue
            test = "McNemar, exact"
        } else {
            counts = nil
            both = 0
            let flips = SignFlipTest(differences, seed: UInt64(max(0, settings.seed)))
            pValue = flips?.result.pValue ?? 1
            midPValue = nil
            test = flips?.isExact == false ? "sign-flip permutation, Monte Carlo" : "sign-flip permutation, exact"
        }
        let ranks = WilcoxonSignedRankTest(rewards)
        let isAllZero = rewards.allSatisfy { $0 == 0 }
        wilcoxon = isAllZero ? 1 : ranks.result(.twoSided, method: .automatic).pValue
        rankBiserial = ranks.rankBiserial
        if let a = first.map(\.rate).mean, let b = second.map(\.rate).mean {
            cohensH = EffectSize.cohensH(a, b)
        } else {
            cohensH = nil
        }
        let paired = PairedComparison(differences)
        standardized = hasVariance ? paired?.cohensDz : nil
        equivalence = Self.equivalencePValue(differences, paired, hasVariance: hasVariance, settings)
        detectable = Self.detectable(differences, table, settings)
    }

    /// The p value of a true difference beyond the margin.
    ///
    /// Where no task differs the t test has no variance to go by. Then it is the chance of seeing no differing task
    /// when at least a share as large as the margin differs, which a difference beyond the margin needs.
    private static func equivalencePValue(
        _ differences: [Double], _ paired: PairedComparison?, hasVariance: Bool, _ settings: AnalysisSettings
    ) -> Double? {
        guard !differences.isEmpty, settings.equivalenceMargin > 0 else { return nil }
        if hasVariance { return paired?.equivalencePValue(margin: settings.equivalenceMargin) }
        guard differences[0] == 0 else { return nil }
        var chance = 1.0
        for _ in differences { chance *= 1 - min(1, settings.equivalenceMargin) }
        return chance
    }

    /// The smallest difference that as many tasks find with the planned power, at the level of one of the comparisons.
    private static func detectable(
        _ differences: [Double], _ table: OutcomeTable, _ settings: AnalysisSettings
    ) -> Double? {
        let comparisons = max(1, table.variants.count { $0 != settings.control })
        let power = PowerAnalysis(significance: settings.significance / Double(comparisons), power: settings.power)
        if table.trials == 1 {
            let discordance = Double(differences.count { $0 != 0 }) / Double(max(1, differences.count))
            return power.minimumDetectableDifference(tasks: differences.count, discordance: discordance)
        }
        return differences.sampleDeviation.flatMap {
            $0 > 0 ? power.minimumDetectableMean(tasks: differences.count, deviation: $0) : nil
        }
    }

    /// Whether the corrected p value is below the level; exploratory pairs are never called significant.
    func isSignificant(_ settings: AnalysisSettings) -> Bool {
        adjusted.map { $0 < settings.significance } ?? false
    }

    /// Whether a difference beyond the margin can be ruled out.
    func isEquivalent(_ settings: AnalysisSettings) -> Bool {
        equivalence.map { $0 < settings.significance } ?? false
    }

    func json(_ settings: AnalysisSettings) -> JSONValue {
        var object: JSONObject = [
            "variant1": .string(variant), "variant2": .string(other), "planned": .bool(isPlanned),
            "tasks": JSONValue(tasks), "tasks_planned": JSONValue(plannedTasks), "trials": JSONValue(trials),
            "difference": JSONValue(optional: difference), "difference_percentile95": JSONValue(percentile),
            "difference_bca95": JSONValue(corrected), "test": .string(test), "p_value": JSONValue(pValue),
            "p_holm": JSONValue(optional: adjusted), "significant": .bool(isSignificant(settings)),
            "p_mid": JSONValue(optional: midPValue), "p_wilcoxon": JSONValue(finite: wilcoxon),
            "effect_size": JSONValue(optional: cohensH), "cohens_h": JSONValue(optional: cohensH),
            "cohens_dz": JSONValue(finite: standardized), "rank_biserial": JSONValue(finite: rankBiserial),
            "equivalence_p": JSONValue(finite: equivalence), "equivalent": .bool(isEquivalent(settings)),
            "minimum_detectable_difference": JSONValue(optional: detectable),
            "manipulation": .string(manipulation.rawValue),
        ]
        if let counts {
            object["both"] = JSONValue(both)
            object["variant1_only"] = JSONValue(counts.firstOnly)
            object["variant2_only"] = JSONValue(counts.secondOnly)
            object["neither"] = JSONValue(tasks - both - counts.firstOnly - counts.secondOnly)
            object["odds_ratio"] = JSONValue(finite: counts.oddsRatio)
            object["odds_ratio_interval"] = JSONValue(counts.oddsRatioInterval())
        }
        return .object(object)
    }
}

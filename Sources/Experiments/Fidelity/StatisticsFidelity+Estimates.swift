import JSON
import Statistics

extension StatisticsFidelity {
    @Sendable static func proportions(_ item: inout StatisticsCase) {
        guard let count = item.json["count"]?.intValue, let total = item.json["nobs"]?.intValue,
            let share = Proportion(successes: count, of: total)
        else { return }
        for (key, level) in [("alpha_0.05", 0.95), ("alpha_0.01", 0.99)] {
            let path = "[\"\(key)\"]"
            item.compare("\(path).wilson", share.wilsonInterval(level: level).ends)
            item.compare("\(path).beta", share.clopperPearsonInterval(level: level).ends)
            item.compare("\(path).jeffreys", share.jeffreysInterval(level: level).ends)
            item.compare("\(path).agresti_coull", share.agrestiCoullInterval(level: level).ends)
            item.compare("\(path).normal", share.normalInterval(level: level).ends)
        }
    }

    @Sendable static func cohensH(_ item: inout StatisticsCase) {
        guard let first = item.json["p1"]?.doubleValue, let second = item.json["p2"]?.doubleValue else { return }
        item.compare("h", EffectSize.cohensH(first, second))
    }

    @Sendable static func cohensKappa(_ item: inout StatisticsCase) {
        let kappa = Agreement.cohensKappa((item.json["table"]?.statisticsTable ?? []).map { $0.map { Int($0) } })
        item.compare("kappa", kappa?.value)
        item.compare("std", kappa?.standardError)
        item.compare("ci95", kappa?.interval().ends)
    }

    @Sendable static func fleissKappa(_ item: inout StatisticsCase) {
        let table = (item.json["table"]?.statisticsTable ?? []).map { $0.map { Int($0) } }
        item.compare("kappa", Agreement.fleissKappa(table))
    }

    @Sendable static func passHat(_ item: inout StatisticsCase) {
        guard let trials = item.json["trials"]?.intValue, trials > 0 else { return }
        let successes = item.json["successes_per_task"]?.statisticsNumbers ?? []
        let estimates = PassEstimates(successes.map { TaskTrials(count: trials, successes: Int($0)) })
        for k in 1...trials where k <= estimates.maximumK {
            item.compare("pass_hat_k[\"\(k)\"]", estimates.passHatK[k - 1])
            item.compare("pass_at_k[\"\(k)\"]", estimates.passAtK[k - 1])
        }
    }

    @Sendable static func bootstrap(_ item: inout StatisticsCase) {
        var differences = item.json["differences"]?.statisticsNumbers ?? []
        if let tasks = item.json["trials"]?.arrayValue {
            differences = tasks.map { task in
                let (control, variant) = (task[0]?.statisticsNumbers.mean, task[1]?.statisticsNumbers.mean)
                return (variant ?? .nan) - (control ?? .nan)
            }
            item.compare("per_task_difference", differences)
        }
        let options = Bootstrap.Options(
            replicates: item.json["replicates"]?.intValue ?? 2000, seed: UInt64(item.json["seed"]?.intValue ?? 42))
        guard let bootstrap = Bootstrap(meanOf: differences, options: options) else { return }
        item.compare("first_10_replicates", Array(bootstrap.replicates.prefix(10)))
        item.compare("estimate", bootstrap.estimate)
        item.compare("standard_error", bootstrap.standardError)
        item.compare("bca_z0", bootstrap.biasCorrection)
        item.compare("bca_acceleration", bootstrap.acceleration)
        item.compare("p_two_sided_percentile", bootstrap.pValueOfZero)
        item.compare("percentile", bootstrap.percentileInterval().ends)
        item.compare("basic", bootstrap.basicInterval().ends)
        item.compare("bca", bootstrap.biasCorrectedInterval()?.ends)
        compareWithScipy(&item, bootstrap, differences, options)
    }

    /// scipy draws from a stream of its own, so that its quantiles differ by the Monte-Carlo errors of both.
    ///
    /// The standard error of the 2.5 % quantile of R normal replicates is 2.67 standard errors of the estimate over √R;
    /// five of them are allowed, and the step between neighbouring values of a mean of whole numbers.
    private static func compareWithScipy(
        _ item: inout StatisticsCase, _ bootstrap: Bootstrap, _ differences: [Double], _ options: Bootstrap.Options
    ) {
        let (own, other) = (1 / Double(options.replicates), 1.0 / 9999)
        let step = (differences.map(\.magnitude).filter { $0 > 0 }.min() ?? 0) / Double(max(1, differences.count))
        let slack = 5 * 2.67 * bootstrap.standardError * (own + other).squareRoot() + step
        item.compare("scipy_bootstrap_percentile_9999", bootstrap.percentileInterval().ends, within: slack)
        item.compare("scipy_bootstrap_basic_9999", bootstrap.basicInterval().ends, within: slack)
        item.compare("scipy_bootstrap_BCa_9999", bootstrap.biasCorrectedInterval()?.ends, within: slack)
    }

    /// A whole study, through the analysis that experiments use.
    @Sendable static func study(_ item: inout StatisticsCase) {
        let names = (item.json["matrix_columns"]?.arrayValue ?? []).compactMap(\.stringValue)
        let matrix = item.json["matrix"]?.statisticsTable ?? []
        guard let control = names.first, !matrix.isEmpty else { return }
        var settings = AnalysisSettings()
        settings.control = control
        settings.replicates = 2000
        settings.seed = 42
        let analysis = StudyAnalysis(SyntheticResults.make(variants: names, outcomes: matrix), settings: settings)
        guard let found = analysis.environments.first else { return }
        let omnibus = found.omnibus
        item.compare("omnibus", omnibus.map { [$0.statistic, $0.degreesOfFreedom ?? .nan, $0.pValue] })
        item.compare("control_success", found.summaries.first.map { Double($0.successes) })
        for (place, pair) in found.pairs.enumerated() {
            let path = "comparisons[\(place)]"
            let neither = pair.tasks - pair.both - (pair.counts?.firstOnly ?? 0) - (pair.counts?.secondOnly ?? 0)
            item.compare("\(path).both", Double(pair.both))
            item.compare("\(path).variant_only", (pair.counts?.firstOnly).map { Double($0) })
            item.compare("\(path).control_only", (pair.counts?.secondOnly).map { Double($0) })
            item.compare("\(path).neither", Double(neither))
            item.compare("\(path).p_exact", pair.pValue)
            item.compare("\(path).p_holm", pair.adjusted)
            item.compare("\(path).difference", pair.difference)
            item.compare("\(path).cohens_h", pair.cohensH)
            item.compare("\(path).wilson95", found.summaries.first { $0.variant == pair.variant }?.interval?.ends)
            item.compare("\(path).bootstrap_percentile95", pair.percentile?.ends)
        }
    }
}

/// Makes the results of an experiment from a table of outcomes, one trial a task.
enum SyntheticResults {
    static func make(variants: [String], outcomes: [[Double]]) -> AggregatedResults {
        let tasks = outcomes.indices.map { StudyDesign.Task(id: String($0), sample: String($0)) }
        let design = StudyDesign(
            name: "synthetic", timestamp: "", environments: [.init(name: "table", tasks: tasks)],
            variants: variants.map { StudyVariant(name: $0, emotion: nil, suffix: "", phrases: [], digest: "") })
        var results = AggregatedResults(design: design)
        for (task, row) in outcomes.enumerated() {
            for (variant, value) in zip(variants, row) {
                var cell = StudyCell(
                    place: .init(environment: "table", variant: variant, task: String(task), trial: 0))
                cell.reward = value
                cell.isSuccess = value == 1
                results.add(cell)
            }
        }
        results.finish()
        return results
    }
}

import Evaluation
import Statistics

/// Finds the numbers that a rule is about.
struct GateFigures {
    /// Why there are none.
    struct Problem: Error {
        /// The key of the rule that is to blame.
        let key: String
        let message: String
        var advice: String?
    }

    private let gate: GateEvaluation
    private let rule: GateRule
    private let scope: GateScope

    init(_ gate: GateEvaluation, _ rule: GateRule, _ scope: GateScope) {
        self.gate = gate
        self.rule = rule
        self.scope = scope
    }

    /// The numbers of a metric in the rule's scope, one for each task that has it.
    func find(_ metric: String) -> Result<[GateMeasure], Problem> {
        let measures = gate.run.measures
        let values = measures.filter { $0.metric == metric }.map(\.value)
        let aggregated = gate.summary.numbers.filter { $0.metric == metric }.map(\.name)
        guard !values.isEmpty || !aggregated.isEmpty else {
            guard !measures.isEmpty else {
                return .success([GateMeasure(subject: "\(scope.title) \(metric)", figures: .nothing)])
            }
            return .failure(
                Problem(
                    key: "metric", message: "the run has no metric '\(metric)'",
                    advice: NearMiss.advice(metric, among: Set(measures.map(\.metric)).sorted())))
        }
        if let value = rule.value, !values.contains(value) { return findAggregated(metric, value, values + aggregated) }
        guard let value = rule.value ?? (values.count == 1 ? values[0] : nil) else {
            if values.isEmpty, let only = aggregated.first, Set(aggregated).count == 1 {
                return findAggregated(metric, only, aggregated)
            }
            let names = Set(values + aggregated).sorted().joined(separator: ", ")
            return .failure(
                Problem(
                    key: "metric", message: "the metric '\(metric)' has several numbers",
                    advice: "add 'value': \(names)"))
        }
        return .success(find(Measure(metric: metric, value: value)))
    }

    private func find(_ measure: Measure) -> [GateMeasure] {
        let grouping = rule.domain == nil ? ComparisonSettings.Grouping.task : .domain
        let rows = RunScores(gate.run, grouping: grouping, where: scope.contains).rows.filter { $0.measure == measure }
        guard !rows.isEmpty else {
            return [GateMeasure(subject: "\(scope.title) \(measure.title)", figures: .nothing)]
        }
        return rows.map { row in
            GateMeasure(
                subject: "\(row.scope) \(measure.title)", figures: .episodes(row, pairs(measure, in: row.scope)))
        }
    }

    /// The baseline's values and the run's on the same episodes; nil without a baseline or without such episodes.
    private func pairs(_ measure: Measure, in name: String) -> ClusteredPairs? {
        guard let baseline = gate.baseline, rule.needsBaseline,
            let mine = gate.run.measures.firstIndex(of: measure),
            let theirs = baseline.measures.firstIndex(of: measure)
        else { return nil }
        var column = MeasureComparison.Column()
        var samples: [String: Int] = [:]
        for (before, after) in RunPairing(baseline, gate.run, tasks: []).scoredPairs {
            guard scope.contains(after), (rule.domain == nil ? after.id.task : after.domain) == name,
                let first = before.value(of: theirs), let second = after.value(of: mine)
            else { continue }
            let sample = "\(after.id.task)\u{1}\(after.id.sample)"
            let place = samples[sample] ?? samples.count
            samples[sample] = place
            column.add(first, second, sample: place, after.id)
        }
        return ClusteredPairs(column.first, column.second, clusters: column.samples)
    }

    private func findAggregated(
        _ metric: String, _ value: String, _ names: [String]
    ) -> Result<[GateMeasure], Problem> {
        let found = gate.summary.numbers.filter {
            $0.metric == metric && $0.name == value && (rule.task == nil || $0.task == rule.task)
        }
        guard !found.isEmpty else {
            let advice = NearMiss.advice(value, among: Set(names).sorted())
            let missing = gate.summary.numbers.isEmpty ? "; `gage report RUN` writes its summary.json" : ""
            return .failure(
                Problem(
                    key: "value", message: "the metric '\(metric)' has no number '\(value)'",
                    advice: (advice ?? "") + missing))
        }
        guard rule.domain == nil else {
            return .failure(
                Problem(key: "domain", message: "'\(value)' of '\(metric)' is aggregated by task and has no domains"))
        }
        if rule.needsBaseline, rule.margin != nil || (rule.confidence ?? gate.policy.confidence) != nil {
            return .failure(
                Problem(
                    key: "value", message: "'\(value)' of '\(metric)' is aggregated: its change has no paired interval",
                    advice: "use max_drop without confidence, or the metric's number of every episode"))
        }
        return .success(
            found.map { number in
                let before = gate.baselineSummary.numbers.first {
                    $0.task == number.task && $0.metric == metric && $0.name == value
                }
                return GateMeasure(
                    subject: "\(number.task) \(metric) \(value)",
                    figures: .aggregated(number, before, samples: sampleCount(metric, in: number.task)))
            })
    }

    /// How many samples of a task are scored by a metric, however often each was attempted.
    private func sampleCount(_ metric: String, in task: String) -> Int {
        let places = Set(gate.run.measures.indices.filter { gate.run.measures[$0].metric == metric })
        let scored = gate.run.episodes.filter { episode in
            episode.id.task == task && episode.isScored
                && (places.isEmpty || episode.values.contains { places.contains($0.measure) })
        }
        return Set(scored.map(\.id.sample)).count
    }
}

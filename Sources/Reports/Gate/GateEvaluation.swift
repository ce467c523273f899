public import Evaluation
public import JSON
import Statistics
import Storage

/// Holds a run against a policy.
public struct GateEvaluation {
    let policy: GatePolicy
    let run: ComparedRun
    let baseline: ComparedRun?
    let summary: SummaryNumbers
    let baselineSummary: SummaryNumbers
    /// The policy's nodes, for the places of what is wrong with it.
    let node: ConfigNode?
    private(set) var diagnostics = Diagnostics()
    private var checks: [GateCheck] = []

    /// What is held against a policy.
    public struct Subject: Sendable {
        /// The run.
        public var run: ComparedRun
        /// What `summary.json` holds of it; null where there is none.
        public var summary: JSONValue

        /// Takes a run and its summary.
        public init(run: ComparedRun, summary: JSONValue = .null) {
            self.run = run
            self.summary = summary
        }
    }

    /// Prepares a gate; `node` is the policy file's, so that what is wrong with it can be located.
    public init(policy: GatePolicy, node: ConfigNode?, run: Subject, baseline: Subject? = nil) {
        self.policy = policy
        self.node = node
        self.run = run.run
        self.baseline = baseline?.run
        let isAmended = policy.countsCorrections
        summary = SummaryNumbers(summary: run.summary, isAmended: isAmended)
        baselineSummary = SummaryNumbers(summary: baseline?.summary ?? .null, isAmended: isAmended)
    }

    /// The result, or what is wrong with the policy as far as this run is concerned: metrics, tasks or domains that it does
    /// not have, a baseline that is missing.
    public mutating func evaluate() -> (result: GateResult?, diagnostics: Diagnostics) {
        checkCompletion()
        let whole = GateScope(run: run, task: nil, domain: nil)
        checkEpisodes(
            whole, coverage: policy.minimumCoverage, errors: policy.maximumErrorRate, cost: policy.maximumCost)
        for (place, rule) in policy.rules.enumerated() {
            let before = checks.count
            evaluate(rule, at: place)
            for index in before..<checks.count {
                checks[index].rule = place
                checks[index].name = rule.name
            }
        }
        guard !diagnostics.hasErrors else { return (nil, diagnostics) }
        return (GateResult(checks: checks, policy: policy, run: run, baseline: baseline), diagnostics)
    }

    private mutating func checkCompletion() {
        guard !policy.allowsIncomplete else { return }
        let needsBaseline = policy.rules.contains { $0.needsBaseline }
        for other in [run] + (needsBaseline ? [baseline].compactMap { $0 } : [])
        where other.metadata.status != .completed {
            let why = other.metadata.statusReason.map { ": \($0)" } ?? ""
            checks.append(
                GateCheck(
                    "allow_incomplete", of: other.name, .inconclusive,
                    "the run is \(other.metadata.status.rawValue)\(why)"))
        }
    }

    private mutating func evaluate(_ rule: GateRule, at place: Int) {
        let rulePlace = node?["rules"]?.items?[place]
        guard isKnown(rule.task, among: run.tasks.map(\.id), "task", rulePlace),
            isKnown(rule.domain, among: domains, "domain", rulePlace)
        else { return }
        let scope = GateScope(run: run, task: rule.task, domain: rule.domain)
        checkEpisodes(
            scope, coverage: rule.minimumCoverage, errors: rule.maximumErrorRate, cost: rule.maximumCost)
        guard rule.needsMetric, let metric = rule.metric else { return }
        if rule.needsBaseline, baseline == nil {
            report("the rule needs a run to compare with", rulePlace, advice: "name one with --baseline")
            return
        }
        let figures = GateFigures(self, rule, scope)
        switch figures.find(metric) {
        case .success(let found):
            let settings = GateMeasure.Settings(rule: rule, confidence: rule.confidence ?? policy.confidence)
            for measure in found { checks += measure.checks(settings) }
        case .failure(let problem):
            report(problem.message, rulePlace?[problem.key] ?? rulePlace, advice: problem.advice)
        }
    }

    private var domains: [String] { Set(run.episodes.compactMap(\.domain)).sorted() }

    private mutating func isKnown(_ name: String?, among names: [String], _ key: String, _ place: ConfigNode?) -> Bool {
        guard let name, !names.contains(name) else { return true }
        report("the run has no \(key) '\(name)'", place?[key] ?? place, advice: NearMiss.advice(name, among: names))
        return false
    }

    private mutating func report(_ message: String, _ place: ConfigNode?, advice: String?) {
        if let place {
            diagnostics.error(message, at: place, advice: advice)
        } else {
            diagnostics.add(Diagnostic(.error, message, location: nil, path: "", advice: advice))
        }
    }

    private mutating func checkEpisodes(_ scope: GateScope, coverage: Double?, errors: Double?, cost: Double?) {
        if let coverage { checks.append(scope.coverage(atLeast: coverage)) }
        if let errors { checks.append(scope.errorRate(atMost: errors)) }
        if let cost { checks.append(scope.cost(atMost: cost)) }
    }
}

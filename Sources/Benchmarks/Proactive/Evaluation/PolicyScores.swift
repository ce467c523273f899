public import JSON
public import Statistics

/// The figures of one policy over a set of decisions.
public struct PolicyScores: Sendable, Hashable {
    /// What the policy is called.
    public let policy: String
    /// The decisions that the figures are of.
    public let decisions: [EvaluatedDecision]

    /// Takes the decisions of a policy.
    public init(policy: String, decisions: [EvaluatedDecision]) {
        self.policy = policy
        self.decisions = decisions
    }

    /// A figure with its 95 % interval over states.
    public struct Figure: Sendable, Hashable {
        /// The mean.
        public var value: Double
        /// The interval; nil where there is but one state.
        public var interval: Interval?
    }

    /// The share of tested tasks that were done; nil where none was tested.
    public var taskSuccess: Figure? { share(of: decisions.filter(\.outcome.isTested)) { $0.outcome.isSuccess } }
    /// The share of decisions that were the better one, where one was better.
    public var actionAccuracy: Figure? {
        share(of: decisions.filter { $0.preferred != nil }) { $0.prediction.action == $0.preferred }
    }
    /// The mean reward.
    public var reward: Figure? { mean(\.outcome.reward) }
    /// The mean task score.
    public var taskScore: Figure? { mean(\.outcome.taskScore) }
    /// The mean interruption cost.
    public var interruptCost: Figure? { mean(\.outcome.interruptCost) }
    /// The mean number of questions.
    public var questions: Figure? { mean { Double($0.outcome.questions) } }
    /// How often the user refused to be asked, where that is known.
    public var rejectRate: Figure? {
        share(of: decisions.filter { $0.outcome.wasRejected != nil }) { $0.outcome.wasRejected == true }
    }
    /// How often the policy asked.
    public var clarifyRate: Figure? { share(of: decisions) { $0.prediction.action == .clarify } }

    /// How often each decision met each preference: `{preferred: {decided: count}}`.
    public var confusion: [ProactiveAction: [ProactiveAction: Int]] {
        var counts: [ProactiveAction: [ProactiveAction: Int]] = [:]
        for decision in decisions {
            guard let preferred = decision.preferred else { continue }
            counts[preferred, default: [:]][decision.prediction.action, default: 0] += 1
        }
        return counts
    }

    private func mean(_ value: (EvaluatedDecision) -> Double) -> Figure? {
        guard let mean = ClusteredMean(decisions.map(value), clusters: decisions.map(\.state)) else { return nil }
        return Figure(value: mean.mean, interval: mean.studentInterval())
    }

    private func share(of decisions: [EvaluatedDecision], _ isHit: (EvaluatedDecision) -> Bool) -> Figure? {
        let hits = decisions.map { isHit($0) ? 1.0 : 0 }
        return ClusteredShare(hits, clusters: decisions.map(\.state)).map {
            Figure(value: $0.mean, interval: $0.interval)
        }
    }
}

extension PolicyScores {
    /// The summary: rates of success and accuracy in percent, the rest as shares and means.
    ///
    /// A figure that nothing was measured for is null.
    public var json: JSONObject {
        let tested = decisions.filter(\.outcome.isTested)
        var object: JSONObject = [
            "task_success_rate": Self.json(taskSuccess, times: 100), "avg_reward": Self.json(reward),
            "avg_task_score": Self.json(taskScore), "action_accuracy": Self.json(actionAccuracy, times: 100),
            "total_samples": JSONValue(decisions.count), "task_evaluated_samples": JSONValue(tested.count),
            "task_success_count": JSONValue(tested.count { $0.outcome.isSuccess }),
            "avg_interrupt_cost": Self.json(interruptCost), "avg_questions": Self.json(questions),
            "reject_rate": Self.json(rejectRate), "clarify_rate": Self.json(clarifyRate),
        ]
        object["intervals"] = .object(intervals)
        return object
    }

    /// The confusion matrix as result files hold it; all four counts.
    public var confusionJSON: JSONValue {
        let counts = confusion
        var object: JSONObject = [:]
        for preferred in ProactiveAction.allCases {
            var row: JSONObject = [:]
            for decided in ProactiveAction.allCases {
                row[decided.rawValue] = JSONValue(counts[preferred]?[decided] ?? 0)
            }
            object[preferred.rawValue] = .object(row)
        }
        return .object(object)
    }

    /// The figures of each persona.
    public var byPersona: [(persona: String, scores: PolicyScores)] {
        Set(decisions.compactMap(\.persona)).sorted().map { name in
            (name, PolicyScores(policy: policy, decisions: decisions.filter { $0.persona == name }))
        }
    }

    private var intervals: JSONObject {
        var object: JSONObject = [:]
        func add(_ key: String, _ figure: Figure?, times scale: Double = 1) {
            guard let interval = figure?.interval else { return }
            object[key] = [JSONValue(interval.lower * scale), JSONValue(interval.upper * scale)]
        }
        add("task_success_rate", taskSuccess, times: 100)
        add("avg_reward", reward)
        add("avg_task_score", taskScore)
        add("action_accuracy", actionAccuracy, times: 100)
        add("avg_interrupt_cost", interruptCost)
        add("avg_questions", questions)
        add("reject_rate", rejectRate)
        add("clarify_rate", clarifyRate)
        return object
    }

    private static func json(_ figure: Figure?, times scale: Double = 1) -> JSONValue {
        figure.map { JSONValue($0.value * scale) } ?? .null
    }
}

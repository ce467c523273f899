import Evaluation

/// Tests policies on decision points, with baselines on the same ones.
///
/// Each action's outcome is found once per case and shared by all policies, so that they differ in their decisions
/// alone.
public struct PolicyEvaluation: Sendable {
    /// Where outcomes come from.
    public var outcomes: any OutcomeSource
    /// How many outcomes are found at a time.
    public var concurrency: Int

    /// Makes an evaluation.
    public init(outcomes: any OutcomeSource = StoredOutcomes(), concurrency: Int = 4) {
        self.outcomes = outcomes
        self.concurrency = concurrency
    }

    /// The policies that any other is compared with; `untrained` is what training started from.
    public static func baselines(
        untrained: any ActionPolicy = LogLinearPolicy.untrained()
    ) -> [any ActionPolicy] {
        [ConstantPolicy(.execute), ConstantPolicy(.clarify), MainlineRulePolicy(), untrained, OraclePolicy()]
    }

    /// Tests a policy and its baselines.
    ///
    /// `trainedOn` are the states that the policy was trained on; nil means that it is not known. Throws what a policy
    /// or an outcome throws, and ``EvaluationError`` (cause `task`) without cases.
    public func evaluate(
        _ policy: any ActionPolicy, against baselines: [any ActionPolicy] = Self.baselines(),
        on cases: [DecisionCase], trainedOn: Set<String>? = nil
    ) async throws -> EvaluationReport {
        guard !cases.isEmpty else {
            throw EvaluationError(.dataMissing, "there are no pairs to evaluate on", cause: .task)
        }
        var decided: [(name: String, predictions: [ActionPrediction])] = []
        for member in [policy] + baselines {
            decided.append((member.name, try await member.predictions(for: cases)))
        }
        var wanted = Set<Key>()
        for member in decided {
            for (place, prediction) in member.predictions.enumerated() {
                wanted.insert(Key(place: place, action: prediction.action))
            }
        }
        let found = try await find(wanted.sorted(), in: cases)
        var scores: [PolicyScores] = []
        for member in decided {
            let decisions = zip(cases.indices, member.predictions).compactMap { place, prediction in
                found[Key(place: place, action: prediction.action)].map {
                    EvaluatedDecision(
                        state: cases[place].state.id, persona: cases[place].persona?.name,
                        decisionPoint: cases[place].decisionPoint, prediction: prediction,
                        preferred: cases[place].preferred, outcome: $0)
                }
            }
            scores.append(PolicyScores(policy: member.name, decisions: decisions))
        }
        return EvaluationReport(
            policy: scores[0], baselines: Array(scores.dropFirst()), outcomes: outcomes.name,
            leaked: trainedOn.map { $0.intersection(cases.map(\.state.id)) })
    }

    private struct Key: Hashable, Comparable {
        var place: Int
        var action: ProactiveAction

        static func < (left: Self, right: Self) -> Bool {
            (left.place, left.action.rawValue) < (right.place, right.action.rawValue)
        }
    }

    private func find(_ keys: [Key], in cases: [DecisionCase]) async throws -> [Key: ActionOutcome] {
        let source = outcomes
        let found = try await keys.mapped(atOnce: max(1, concurrency)) { key in
            try await source.outcome(of: key.action, in: cases[key.place])
        }
        return Dictionary(uniqueKeysWithValues: zip(keys, found))
    }
}

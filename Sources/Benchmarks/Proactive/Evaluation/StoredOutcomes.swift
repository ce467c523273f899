import Evaluation

/// The outcomes that the cases already have: texts, scores and costs of the preferences file.
///
/// The simulated user has reacted to these texts when they were generated, so their cost is the one he caused.
public struct StoredOutcomes: OutcomeSource {
    /// What reports call it.
    public let name = "stored"

    /// Makes the source.
    public init() {}

    /// The stored outcome.
    ///
    /// Throws ``EvaluationError`` (`data.malformed`, cause `task`) for a pair without scores.
    public func outcome(of action: ProactiveAction, in item: DecisionCase) throws -> ActionOutcome {
        guard let outcome = item.outcomes[action] else {
            throw EvaluationError(
                .dataMalformed,
                "the pair of state '\(item.state.id)' has no task score and interruption cost for \(action.rawValue)",
                cause: .task,
                advice: "make the pairs anew with `gage proactive compute-rewards`, or let texts be generated")
        }
        return outcome
    }
}

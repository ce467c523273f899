/// Says what an action leads to at a decision point.
public protocol OutcomeSource: Sendable {
    /// What reports call it.
    var name: String { get }

    /// The outcome of an action; asked at most once for each case and action.
    ///
    /// Throws where it cannot be found, which ends the evaluation: a missing outcome is never a zero.
    func outcome(of action: ProactiveAction, in item: DecisionCase) async throws -> ActionOutcome
}

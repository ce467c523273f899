/// A sweep with its baselines on the same decision points.
public struct SweepResult: Sendable {
    /// The baselines.
    public private(set) var baselines: [PolicyScores] = []
    /// The policies of the sweep.
    public private(set) var entries: [AlphaSweep.Entry] = []

    /// Nothing was swept.
    public init() {}

    /// Measures the baselines and runs the sweep.
    ///
    /// Throws ``EvaluationError`` without decision points.
    public init(of trajectories: [ScoredTrajectory], by sweep: AlphaSweep) async throws {
        let cases = DecisionCase.cases(of: trajectories, settings: sweep.reference)
        let layout = StateFeatures.Layout(includesPersona: sweep.training.rendersPersona)
        entries = try await sweep.run(on: trajectories)
        for policy in PolicyEvaluation.baselines(untrained: LogLinearPolicy.untrained(layout)) {
            baselines.append(try await PolicyEvaluation().evaluate(policy, against: [], on: cases).policy)
        }
    }
}

public import Evaluation

/// How the trajectories of one action become the action's figure.
public enum ActionRank: String, Sendable, Hashable, CaseIterable, ParameterChoice {
    /// The best of them.
    case best
    /// Their mean.
    case mean
}

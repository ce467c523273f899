public import Evaluation

/// What an answer does to how clear the task is.
public enum UncertaintyUpdate: String, Sendable, Hashable, CaseIterable, ParameterChoice {
    /// The task becomes clearer: U + (1 − U) × .5 × clarity.
    case clearer
    /// The published formula, U (1 − .5 × clarity), which on this scale makes the task less clear.
    case source
    /// Nothing.
    case none

    /// The new value.
    func applied(to uncertainty: Double, clarity: Double) -> Double {
        switch self {
        case .clearer: min(1, uncertainty + (1 - uncertainty) * 0.5 * clarity)
        case .source: max(0, uncertainty * (1 - 0.5 * clarity))
        case .none: uncertainty
        }
    }
}

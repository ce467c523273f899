public import Evaluation

/// Which formula the interruption cost follows.
public enum CostFormula: String, Sendable, Hashable, CaseIterable, ParameterChoice {
    /// α (w1 questions + w2 refusal + w3 long message + w4 off topic).
    case seed
    /// questions × (δ refused + λ − γ answered), over all messages.
    case v2
}

public import Evaluation

/// What a task asks for.
public enum ProactiveDomain: String, Sendable, Hashable, CaseIterable, ParameterChoice {
    /// A program.
    case coding
    /// A plan.
    case planning
}

public import Evaluation

/// By which rule the simulated user answers questions or refuses them.
public enum ReactionRule: String, Sendable, Hashable, CaseIterable, ParameterChoice {
    /// He answers with the probability of his patience.
    case sampled
    /// He answers when his patience is .5 or more: no chance, for tests.
    case expected
    /// The older rules: two questions are too many for the impatient, and unclear people do not answer.
    case rulesV1 = "rules_v1"
}

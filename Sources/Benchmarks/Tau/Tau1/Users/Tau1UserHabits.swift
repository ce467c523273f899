public import Evaluation

/// What is done about oddities of the official user simulators that only lose information.
public enum Tau1UserHabits: String, ParameterChoice {
    /// All are kept, so that the models see what they officially see.
    case official
    /// Thoughts stay with the user, and a user remembers exactly what was said.
    case mended
}

public import Evaluation

/// Who plays the user of the original τ-bench, by the official names.
public enum Tau1UserStrategy: String, ParameterChoice {
    /// A model, asked once a turn.
    case llm
    /// A model that writes a thought before each message.
    case react
    /// A model whose messages another request approves or not, up to three times.
    case verify
    /// A model that reconsiders a message that was not approved.
    case reflection
    /// A person at the terminal.
    case human
}

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
    /// As ``llm``, with the user variant `frustration`; the name is that of an older program, as the next three.
    case frustrated = "frustrated_llm"
    /// As ``llm``, with the user variant `anxiety`.
    case anxious = "anxious_llm"
    /// As ``llm``, with the user variant `anger`.
    case angry = "angry_llm"
    /// As ``llm``, with the user variant `confusion`.
    case confused = "confused_llm"

    /// The user variant that the name stands for; nil for the official names.
    var variantAlias: String? {
        switch self {
        case .llm, .react, .verify, .reflection, .human: nil
        case .frustrated, .anxious, .angry, .confused: rawValue
        }
    }

    /// The official strategy that plays the user.
    var official: Tau1UserStrategy { variantAlias == nil ? self : .llm }
}

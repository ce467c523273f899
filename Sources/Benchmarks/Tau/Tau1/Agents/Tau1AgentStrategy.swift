public import Evaluation

/// How an agent of the original τ-bench is driven, by the official names.
public enum Tau1AgentStrategy: String, ParameterChoice {
    /// Is shown the tools and calls them through the chat protocol.
    case toolCalling = "tool-calling"
    /// Writes each action as JSON text.
    case act
    /// Writes a thought before each action.
    case react
    /// Calls tools, and is shown examples of dialogues.
    case fewShot = "few-shot"

    /// Whether actions are written as text instead of called through the protocol.
    var writesActions: Bool { self == .act || self == .react }
}

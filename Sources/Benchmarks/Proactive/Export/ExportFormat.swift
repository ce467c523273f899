public import Evaluation

/// Whose files preference pairs are exported as.
public enum ExportFormat: String, Sendable, Hashable, CaseIterable, ParameterChoice {
    /// TRL, with plain texts.
    case trl
    /// TRL, with lists of messages; the model needs a chat template.
    case trlConversational = "trl-conversational"
    /// LLaMA-Factory.
    case llamaFactory = "llamafactory"
    /// axolotl.
    case axolotl
    /// OpenRLHF.
    case openRLHF = "openrlhf"
}

/// What a model learns to prefer.
public enum ExportTarget: String, Sendable, Hashable, CaseIterable, ParameterChoice {
    /// The word Clarify or Execute.
    case action
    /// What the assistant said.
    case text
}

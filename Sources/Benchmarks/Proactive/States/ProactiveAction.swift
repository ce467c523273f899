public import Evaluation

/// What an assistant decides at a decision point: ask first, or do the task.
public enum ProactiveAction: String, Sendable, Hashable, CaseIterable, ParameterChoice {
    /// Ask the user one or two questions.
    case clarify = "Clarify"
    /// Do the task with what is known.
    case execute = "Execute"

    /// The other one.
    public var other: Self { self == .clarify ? .execute : .clarify }

    /// Reads an action as files write it.
    ///
    /// Throws ``EvaluationError`` (`data.malformed`) for any other word.
    public init(_ name: String) throws(EvaluationError) {
        guard let action = Self(rawValue: name) else {
            throw EvaluationError(
                .dataMalformed, "'\(name)' is no action", cause: .task, advice: "an action is Clarify or Execute")
        }
        self = action
    }
}

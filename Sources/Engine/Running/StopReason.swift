public import Evaluation

/// Why a run stopped before every planned episode was in the journal.
public enum StopReason: Sendable, Hashable {
    /// The user asked for it.
    case interrupted
    /// The user told it to leave these tasks, and the others are done.
    case cancelled(tasks: [String])
    /// What the run may use is used up; the sentence says which bound.
    case budget(String)
    /// An episode errored, and the run was asked to stop then.
    case failFast(EvaluationError)
    /// It could not go on: the configuration cannot work, the data cannot be read, the disk is full.
    case failed(EvaluationError)

    /// The reason in a sentence.
    public var message: String {
        switch self {
        case .interrupted: "interrupted by the user"
        case .cancelled(let tasks):
            "the user cancelled \(tasks.count == 1 ? "the task" : "the tasks") \(tasks.joined(separator: ", "))"
        case .budget(let text): text
        case .failFast(let error): "stopped at the first error: \(error.message)"
        case .failed(let error): error.message
        }
    }
}

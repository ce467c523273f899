import Evaluation

/// Why a task could not be evaluated; never a score.
enum EvaluationFailure: String, Sendable {
    /// The container, or the servers, in which the agent worked are not there.
    case missingContainer = "missing_container"
    /// The evaluation itself failed.
    case evaluateFailed = "evaluate_failed"
    /// It ended well and left no result.
    case missingOutput = "missing_eval_output"

    /// The error that says so.
    func error(_ message: String, retry: RetryAdvice = .never, advice: String? = nil) -> EvaluationError {
        EvaluationError(
            EvaluationError.Code("appworld.\(rawValue)"), message, cause: self == .missingContainer ? .sandbox : .task,
            retry: retry, advice: advice)
    }
}

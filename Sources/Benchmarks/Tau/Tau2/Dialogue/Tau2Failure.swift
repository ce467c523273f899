import Evaluation

extension PythonException {
    /// The failure of a reply that the official code answers by giving the whole simulation up.
    ///
    /// gage does the same: the episode is errored and may be tried again; it never counts as zero. The official text
    /// stands in `underlying`, as `ValueError: …`.
    func asReplyError(_ code: EvaluationError.Code, _ message: String, by speaker: Participant) -> EvaluationError {
        EvaluationError(
            code, message, cause: speaker == .agent ? .model : .provider, retry: .worthwhile, underlying: self)
    }

    /// The failure of something in a task's own data.
    func asTaskError(_ message: String) -> EvaluationError {
        EvaluationError(.dataMalformed, message, cause: .task, underlying: self)
    }
}

extension PythonException: CustomStringConvertible {
    /// The exception as Python prints it: `ValueError: text`.
    public var description: String { "\(kind.rawValue): \(message)" }
}

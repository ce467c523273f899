import Evaluation
import Processes

extension EvaluationError.Code {
    /// A model server that the run started has ended by itself, more often than it is started again.
    static let modelServerEnded = Self("provider.server_ended")
}

/// What is said when a server cannot be had.
extension ServerProgram {
    func cannotStart(_ error: any Error) -> EvaluationError {
        if let known = error as? EvaluationError { return known }
        return EvaluationError(
            .configurationInvalid, "the model server of backend '\(backend.id)' cannot be started: \(error)",
            cause: .configuration, advice: "install the program, or name another one with 'command'")
    }

    var tooSlow: EvaluationError {
        EvaluationError(
            .providerTimeout,
            "the model server of backend '\(backend.id)' does not answer after \(parameters.startupTimeout) seconds\(tail)",
            cause: .provider, advice: advice("raise startup_timeout_s"))
    }

    func crash(_ how: String, wasReady: Bool) -> EvaluationError {
        EvaluationError(
            .modelServerEnded,
            "the model server of backend '\(backend.id)' ended with \(how)\(wasReady ? "" : " before it was ready")\(tail)",
            cause: .provider, advice: advice("raise max_restarts if it may do so more often"))
    }

    private var tail: String { log.tail.isEmpty ? "" : "; it wrote: \(log.tail)" }

    private func advice(_ text: String) -> String { log.path.map { "see \($0); \(text)" } ?? text }
}

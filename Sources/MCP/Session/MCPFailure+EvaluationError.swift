import Evaluation

extension MCPFailure {
    /// The failure as steps see it.
    ///
    /// `server` begins the sentence. A server in a sandbox is the sandbox's; a wrong address, program or password elsewhere
    /// is the configuration's; everything else is the server's.
    func error(of server: String, isInSandbox: Bool) -> EvaluationError {
        EvaluationError(
            code, "\(server): \(message)", cause: cause(isInSandbox), retry: retry(isInSandbox), advice: advice)
    }

    private var code: EvaluationError.Code {
        switch kind {
        case .unreachable, .busy, .wrongPlace, .startFailed, .foreignVersion: .toolServerUnavailable
        case .lost, .sessionExpired: .toolServerLost
        case .timeout: .toolServerTimeout
        case .malformed: .toolServerMalformedReply
        case .unauthorized: .providerUnauthorized
        case .refused: .toolServerRefused
        case .closed: .unexpected
        }
    }

    private func cause(_ isInSandbox: Bool) -> Cause {
        switch kind {
        case .closed: .gage
        case _ where isInSandbox: .sandbox
        case .wrongPlace, .startFailed, .foreignVersion, .unauthorized: .configuration
        default: .provider
        }
    }

    private func retry(_ isInSandbox: Bool) -> RetryAdvice {
        // A fresh sandbox brings a fresh server.
        mayPass || (isInSandbox && kind == .malformed) ? .worthwhile : .never
    }
}

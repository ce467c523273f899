import Evaluation
import JSON
import Transport

/// Turns what went wrong between us and a provider into errors that say whose fault it is and whether to try again.
struct ProviderFailure: Sendable {
    private static let longestMessage = 500
    private static let contextPhrases = [
        "context_length_exceeded", "maximum context length", "context length", "context window",
        "exceeds the available context size", "prompt is too long", "input is too long", "maximum input length",
        "longer than the maximum model length", "reduce the length of the messages", "too many tokens in the prompt",
        "exceed context limit", "exceeds the maximum number of tokens allowed",
    ]
    private static let filterCodes: Set<String> = ["content_filter", "content_policy_violation"]

    let redactor: SecretRedactor

    /// The error for a response whose status is not 200.
    ///
    /// `now` is the time in seconds since 1970, for a `Retry-After` that names a date.
    func error(status: Int, headers: HTTPHeaders, body: [UInt8], now: Double) -> EvaluationError {
        let details = Details(body)
        let advice = RetryAfter.advice(headers, now: now)
        let retry = advice == .worthwhile ? details.retryDelay.map { .after($0) } ?? advice : advice
        return error(status: status, details: details, retry: retry)
    }

    /// The error for an `error` object inside a body that came with status 200 or in a stream.
    func errorInside(_ error: JSONValue) -> EvaluationError {
        let details = Details(error)
        let code = error["code"]?.intValue ?? error["status"]?.intValue ?? details.code.flatMap { Int($0) }
        let status = code.flatMap { (400...599).contains($0) ? $0 : nil } ?? details.kind ?? 500
        return self.error(status: status, details: details, retry: .worthwhile)
    }

    /// The error for a failure that a script asks for: the same as over HTTP.
    func error(_ failure: MockReply.Failure) -> EvaluationError {
        let retry: RetryAdvice = failure.retryAfter.map { .after(.bounded(seconds: $0)) } ?? .worthwhile
        var object: JSONObject = ["message": .string(failure.message)]
        if let code = failure.code { object["code"] = .string(code) }
        return error(status: failure.status, details: Details(.object(object)), retry: retry)
    }

    /// The error for a response that never came; `CancellationError` where the task was cancelled.
    func error(_ error: HTTPError) -> any Error {
        if error.code == .cancelled, Task.isCancelled { return CancellationError() }
        let message = redactor.redact(error.description)
        switch error.code {
        case .timeoutConnect, .timeoutIdle, .timeoutTotal:
            return EvaluationError(
                .providerTimeout, "the provider did not answer in time: \(message)", cause: .provider,
                retry: .worthwhile)
        case .responseTooLarge:
            return EvaluationError(.providerMalformedReply, "the reply is too large: \(message)", cause: .provider)
        case .invalidURL, .invalidRequest:
            return EvaluationError(
                .configurationInvalid, "the request cannot be sent: \(message)", cause: .configuration)
        case .resolveFailed, .connectFailed, .proxy, .connectionLost, .tlsFailed, .cancelled:
            return EvaluationError(
                .providerUnreachable, "the provider cannot be reached: \(message)", cause: .provider,
                retry: error.isRetryable ? .worthwhile : .never)
        default:
            return EvaluationError(
                .providerFailed, "the call failed: \(message)", cause: .provider,
                retry: error.isRetryable ? .worthwhile : .never)
        }
    }

    private func error(status: Int, details: Details, retry: RetryAdvice) -> EvaluationError {
        let said = redactor.excerpt(details.message, upTo: Self.longestMessage)
        let text = "the provider answered \(status)\(said.isEmpty ? "" : ": \(said)")"
        if details.isAboutTheKey {
            return EvaluationError(
                .providerUnauthorized, text, cause: .provider, advice: "check the API key and what it may use")
        }
        switch status {
        case 401, 402, 403:
            return EvaluationError(
                .providerUnauthorized, text, cause: .provider,
                advice: status == 402 ? "look at the account's balance" : "check the API key and what it may use")
        case 429 where details.code == "insufficient_quota" || details.type == "insufficient_quota":
            return EvaluationError(
                .providerRateLimited, text, cause: .provider, advice: "look at the account's plan and balance")
        case 429:
            return EvaluationError(.providerRateLimited, text, cause: .provider, retry: retry)
        case 408, 504:
            return EvaluationError(.providerTimeout, text, cause: .provider, retry: retry)
        case 409, 425, 500...599:
            return EvaluationError(
                .providerFailed, text, cause: .provider, retry: status == 501 ? .never : retry)
        case 300..<400:
            return EvaluationError(
                .providerBadRequest, "\(text) (a redirect)", cause: .provider,
                advice: "set the base URL to where the redirect leads")
        default:
            return refusal(status, details, text)
        }
    }

    private func refusal(_ status: Int, _ details: Details, _ text: String) -> EvaluationError {
        if let code = details.code, Self.filterCodes.contains(code) {
            return EvaluationError(.modelRefused, text, cause: .model)
        }
        let searched = "\(details.code ?? "") \(details.message)".lowercased()
        if Self.contextPhrases.contains(where: { searched.contains($0) }) {
            return EvaluationError(.contextWindowExceeded, text, cause: .model)
        }
        return EvaluationError(
            .providerBadRequest, text, cause: .provider,
            advice: status == 404 ? "check the base URL and the model's name" : nil)
    }
}

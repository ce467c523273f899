/// What went wrong, whose fault it is, where, and what to do about it.
///
/// The one error type that crosses rooms. A kit throws it from a step; the engine records it as the episode's
/// outcome. Lower rooms keep error types of their own, which are wrapped at their border.
public struct EvaluationError: Error, Sendable, Hashable {
    /// A stable name for a kind of failure, open for kits to extend.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// The name as written in journals: lower case, dots between the parts.
        public let rawValue: String

        /// Makes a code from its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// Makes a code from its name.
        public init(_ rawValue: String) { self.rawValue = rawValue }
    }

    /// The kind of failure.
    public var code: Code
    /// What failed, in one sentence.
    public var message: String
    /// Who is at fault.
    public var cause: Cause
    /// Whether doing it again can help.
    public var retry: RetryAdvice
    /// The place in the user's own file, when a file is to blame.
    public var location: SourceLocation?
    /// The step that failed, by its position and adapter, as `judge:tau2_judge`.
    public var step: String?
    /// What the user can do, in one sentence.
    public var advice: String?
    /// The text of the error below, when there is one.
    public var underlying: String?

    /// Describes a failure.
    public init(
        _ code: Code, _ message: String, cause: Cause, retry: RetryAdvice = .never, location: SourceLocation? = nil,
        advice: String? = nil, underlying: (any Error)? = nil
    ) {
        self.code = code
        self.message = message
        self.cause = cause
        self.retry = retry
        self.location = location
        self.advice = advice
        self.underlying = underlying.map { String(describing: $0) }
    }
}

extension EvaluationError: CustomStringConvertible {
    /// Three lines at most: what failed, where, what to do.
    public var description: String {
        var lines = ["\(message) [\(code.rawValue), cause: \(cause.rawValue)]"]
        if let underlying { lines[0] += ": \(underlying)" }
        let places = [location?.description, step.map { "step \($0)" }].compactMap { $0 }
        if !places.isEmpty { lines.append("  at \(places.joined(separator: ", "))") }
        if let advice { lines.append("  \(advice)") }
        return lines.joined(separator: "\n")
    }
}

extension EvaluationError.Code {
    /// A provider could not be reached.
    public static let providerUnreachable = Self("provider.unreachable")
    /// A provider did not answer in time.
    public static let providerTimeout = Self("provider.timeout")
    /// A provider refused for load; `RetryAdvice.after` carries its wish.
    public static let providerRateLimited = Self("provider.rate_limited")
    /// A provider refused the credentials.
    public static let providerUnauthorized = Self("provider.unauthorized")
    /// A provider refused the request itself.
    public static let providerBadRequest = Self("provider.bad_request")
    /// A provider failed inside.
    public static let providerFailed = Self("provider.failed")
    /// A provider's reply is not of the protocol.
    public static let providerMalformedReply = Self("provider.malformed_reply")
    /// The conversation no longer fits the model.
    public static let contextWindowExceeded = Self("model.context_window_exceeded")
    /// A model's reply has neither text nor tool calls.
    public static let modelEmptyReply = Self("model.empty_reply")
    /// A model's tool call cannot be read.
    public static let modelMalformedToolCall = Self("model.malformed_tool_call")
    /// A model's reply was refused by a content filter.
    public static let modelRefused = Self("model.content_filter")
    /// A spending, token or time budget is used up.
    public static let budgetExhausted = Self("run.budget_exhausted")
    /// A scripted or replayed model has no answer for this request.
    public static let scriptExhausted = Self("model.script_exhausted")
    /// A sandbox could not be started or reached.
    public static let sandboxUnavailable = Self("sandbox.unavailable")
    /// Input data is not of the expected shape.
    public static let dataMalformed = Self("data.malformed")
    /// Input data is not where it was said to be.
    public static let dataMissing = Self("data.missing")
    /// A configuration cannot work.
    public static let configurationInvalid = Self("configuration.invalid")
    /// A judge could not reach a verdict.
    public static let judgeFailed = Self("judge.failed")
    /// An error of no known kind reached the engine.
    public static let unexpected = Self("gage.unexpected")
    /// The journal or another output could not be written.
    public static let storageFailed = Self("gage.storage")
}

public import Evaluation
public import JSON

/// A call that failed and will be repeated.
public struct ModelRetry: Sendable {
    /// The model.
    public var model: String
    /// The call.
    public var context: CallContext
    /// The attempt that failed, counted from 1.
    public var attempt: Int
    /// Why it failed.
    public var error: EvaluationError
    /// Seconds until the next attempt.
    public var delay: Double
}

/// Repeats calls that failed for a reason that may pass.
///
/// The innermost decorator. Which failures are worth repeating is the error's own word (`RetryAdvice`); a model's own
/// faults never are, because asking again until the answer pleases would flatter it. The response says how many
/// attempts it took, and so does the last error.
public struct RetryingModel: ChatModel {
    private let base: any ChatModel
    private let policy: RetryPolicy
    private let paced: RateLimitedModel?
    private let clock: any ModelClock
    private var observer: (@Sendable (ModelRetry) -> Void)?

    /// Wraps a model; every attempt waits for a turn of the limiter, where there is one.
    public init(
        _ base: any ChatModel, policy: RetryPolicy = RetryPolicy(), limiter: RateLimiter? = nil,
        clock: any ModelClock = SystemModelClock()
    ) {
        self.base = base
        self.policy = policy
        paced = limiter.map { RateLimitedModel(base, limiter: $0) }
        self.clock = clock
    }

    /// The wrapped model's name.
    public var name: String { base.name }

    /// Asks until there is an answer, a failure that will not pass, or no repetition left.
    public func respond(to request: ChatRequest, in context: CallContext) async throws -> ChatResponse {
        var generator = SeedDerivation(root: context.seed).generator(for: "model retries")
        var attempt = 1
        while true {
            do {
                var response = try await ask(request, context, isRepetition: attempt > 1)
                response.attempts = attempt
                return response
            } catch let error as EvaluationError {
                try Task.checkCancellation()
                let delay = policy.delay(beforeRetry: attempt - 1, after: error.retry, using: &generator)
                guard let delay else { throw Self.final(error, attempts: attempt) }
                limiter?.meter.retried()
                observer?(
                    ModelRetry(model: name, context: context, attempt: attempt, error: error, delay: delay))
                try await clock.sleep(seconds: delay)
                attempt += 1
            }
        }
    }

    private func ask(
        _ request: ChatRequest, _ context: CallContext, isRepetition: Bool
    ) async throws -> ChatResponse {
        guard let paced else { return try await base.respond(to: request, in: context) }
        return try await paced.respond(to: request, in: context, isRepetition: isRepetition)
    }

    private static func final(_ error: EvaluationError, attempts: Int) -> EvaluationError {
        guard attempts > 1 else { return error }
        var error = error
        error.message += " (the last of \(attempts) attempts)"
        return error
    }
}

extension RetryingModel: PacedModel {
    /// What lets the attempts in; nil where nothing does.
    public var limiter: RateLimiter? { paced?.limiter }
}

extension RetryingModel: ObservableModel {
    /// The same model, reporting each repetition.
    public func observed(by observer: @escaping @Sendable (ModelRetry) -> Void) -> any ChatModel {
        var copy = self
        copy.observer = observer
        return copy
    }
}

extension RetryingModel: FingerprintedModel {
    /// The wrapped model's.
    public var fingerprint: JSONValue { base.fingerprintOrName }
}

extension RetryingModel: ListedModel {
    /// What the wrapped model's server lists.
    public func offeredNames() async throws -> [String]? { try await (base as? any ListedModel)?.offeredNames() }
}

public import Evaluation
public import JSON

/// Paces the calls to a model.
///
/// A call keeps its turn while ``RetryingModel`` inside repeats it: an endpoint that fails gets fewer calls, not more.
public struct RateLimitedModel: ChatModel {
    private let base: any ChatModel
    private let limiter: RateLimiter

    /// Wraps a model; several models may share a limiter.
    public init(_ base: any ChatModel, limiter: RateLimiter) {
        self.base = base
        self.limiter = limiter
    }

    /// The wrapped model's name.
    public var name: String { base.name }

    /// Waits for a turn and asks.
    public func respond(to request: ChatRequest, in context: CallContext) async throws -> ChatResponse {
        let estimate = TokenEstimate.input(of: request)
        try await limiter.acquire(tokens: estimate)
        do {
            let response = try await base.respond(to: request, in: context)
            limiter.release(taken: estimate, used: Self.tokens(response.usage) ?? estimate)
            return response
        } catch {
            // What a failed call used is unknown; the estimate stays taken.
            limiter.release(taken: estimate, used: estimate)
            throw error
        }
    }

    private static func tokens(_ usage: Usage?) -> Int? {
        guard let usage, let input = usage.inputTokens else { return nil }
        return input + (usage.outputTokens ?? 0)
    }
}

extension RateLimitedModel: ObservableModel {
    /// The same model, the wrapped one reporting its repetitions.
    public func observed(by observer: @escaping @Sendable (ModelRetry) -> Void) -> any ChatModel {
        guard let base = base as? any ObservableModel else { return self }
        return RateLimitedModel(base.observed(by: observer), limiter: limiter)
    }
}

extension RateLimitedModel: FingerprintedModel {
    /// The wrapped model's.
    public var fingerprint: JSONValue { base.fingerprintOrName }
}

extension RateLimitedModel: ListedModel {
    /// What the wrapped model's server lists.
    public func offeredNames() async throws -> [String]? { try await (base as? any ListedModel)?.offeredNames() }
}

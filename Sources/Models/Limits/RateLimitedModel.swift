public import Evaluation
public import JSON

/// Paces the calls to a model.
///
/// A turn is for one attempt. ``RetryingModel`` paces each of its attempts so, and a call that waits for its repetition
/// leaves its place to others; when it is back it comes first in its line.
public struct RateLimitedModel: ChatModel {
    private let base: any ChatModel
    private let pacing: RateLimiter

    /// Wraps a model; several models may share a limiter.
    public init(_ base: any ChatModel, limiter: RateLimiter) {
        self.base = base
        pacing = limiter
    }

    /// The wrapped model's name.
    public var name: String { base.name }

    /// Waits for a turn and asks.
    public func respond(to request: ChatRequest, in context: CallContext) async throws -> ChatResponse {
        try await respond(to: request, in: context, isRepetition: false)
    }

    func respond(
        to request: ChatRequest, in context: CallContext, isRepetition: Bool
    ) async throws -> ChatResponse {
        let turn = try await pacing.acquire(
            tokens: TokenEstimate.input(of: request), group: context.episode.task, isRepetition: isRepetition)
        do {
            let response = try await base.respond(to: request, in: context)
            pacing.release(turn, as: .answered(tokens: Self.tokens(response.usage)))
            return response
        } catch {
            pacing.release(turn, as: Self.end(error))
            throw error
        }
    }

    private static func end(_ error: any Error) -> CallTurn.End {
        guard let error = error as? EvaluationError else { return .failed }
        // A model's own faults are answers as far as the endpoint's load goes.
        if error.cause == .model { return .answered(tokens: nil) }
        return error.code == .providerTimeout ? .timedOut : .failed
    }

    private static func tokens(_ usage: Usage?) -> Int? {
        guard let usage, let input = usage.inputTokens else { return nil }
        return input + (usage.outputTokens ?? 0)
    }
}

extension RateLimitedModel: PacedModel {
    /// What lets the calls in.
    public var limiter: RateLimiter? { pacing }
}

extension RateLimitedModel: ObservableModel {
    /// The same model, the wrapped one reporting its repetitions.
    public func observed(by observer: @escaping @Sendable (ModelRetry) -> Void) -> any ChatModel {
        guard let base = base as? any ObservableModel else { return self }
        return RateLimitedModel(base.observed(by: observer), limiter: pacing)
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

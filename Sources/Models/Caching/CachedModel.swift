public import Evaluation
public import JSON

/// Answers a call that was answered before from a cache.
///
/// The key is made from what decides the answer: the model with its endpoint and defaults, and the request; and from
/// what tells independent draws apart: trial, purpose and number of the call. Repeating a trial costs nothing, another
/// trial asks anew. Failures are never kept.
public struct CachedModel: ChatModel {
    private let base: any ChatModel
    private let cache: any ResponseCache
    private let baseFingerprint: JSONValue

    /// Wraps a model; the models of a run share a cache.
    public init(_ base: any ChatModel, cache: any ResponseCache) {
        self.base = base
        self.cache = cache
        baseFingerprint = base.fingerprintOrName
    }

    /// The wrapped model's name.
    public var name: String { base.name }

    /// Looks the call up, and asks only when it is not there.
    public func respond(to request: ChatRequest, in context: CallContext) async throws -> ChatResponse {
        try Task.checkCancellation()
        let key = key(for: request, in: context)
        if var kept = try cache.response(for: key) {
            kept.isReplayed = true
            return kept
        }
        let response = try await base.respond(to: request, in: context)
        try cache.store(response, for: key)
        return response
    }

    private func key(for request: ChatRequest, in context: CallContext) -> String {
        let parts: JSONValue = [
            "model": baseFingerprint, "request": RequestFingerprint(request).json,
            "trial": JSONValue(context.episode.trial), "purpose": .string(context.purpose),
            "index": JSONValue(context.index),
        ]
        return parts.digest()
    }
}

extension CachedModel: FingerprintedModel {
    /// The wrapped model's.
    public var fingerprint: JSONValue { baseFingerprint }
}

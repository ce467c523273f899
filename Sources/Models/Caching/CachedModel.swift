public import Evaluation
public import JSON

/// Answers a call that was answered before from a cache.
///
/// The key is made from what decides the answer (the model with its endpoint and defaults, and the request) and from
/// what tells independent draws apart: the episode with its seed, the attempt, the purpose, the number of the call, and
/// how often the same was asked in the attempt. So a run that begins with an empty cache is the run that it would be
/// without one, and the same run again costs nothing. Neither is a secret in the key: see ``FingerprintedModel``.
public struct CachedModel: ChatModel {
    private let base: any ChatModel
    private let cache: RunCache
    private let backend: String
    private let baseFingerprint: JSONValue

    /// Wraps a model; the models of a run share a cache, which counts by backend.
    public init(_ base: any ChatModel, cache: RunCache, backend: String) {
        self.base = base
        self.cache = cache
        self.backend = backend
        baseFingerprint = base.fingerprintOrName
    }

    /// The wrapped model's name.
    public var name: String { base.name }

    /// Looks the call up, and asks only when it is not there.
    public func respond(to request: ChatRequest, in context: CallContext) async throws -> ChatResponse {
        try Task.checkCancellation()
        let key = key(for: request, in: context)
        if var kept = cache.response(for: key, backend: backend) {
            kept.isReplayed = true
            return kept
        }
        let response = try await base.respond(to: request, in: context)
        cache.store(response, for: key)
        return response
    }

    private func key(for request: ChatRequest, in context: CallContext) -> CacheKey {
        let episode = context.episode
        let question: JSONValue = [
            "model": baseFingerprint, "request": RequestFingerprint(request).json,
            "task": .string(episode.task), "sample": .string(episode.sample), "trial": JSONValue(episode.trial),
            "seed": .string(String(context.seed)), "attempt": JSONValue(context.attempt),
            "purpose": .string(context.purpose), "index": JSONValue(context.index),
        ]
        let digest = question.digest()
        let repetition = cache.repetition(of: digest, in: context)
        guard repetition > 0 else { return CacheKey(digest: digest, model: name) }
        let again: JSONValue = ["question": .string(digest), "repetition": JSONValue(repetition)]
        return CacheKey(digest: again.digest(), model: name)
    }
}

extension CachedModel: FingerprintedModel {
    /// The wrapped model's.
    public var fingerprint: JSONValue { baseFingerprint }
}

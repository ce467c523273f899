public import Evaluation
import Synchronization

/// The name of a call's answer in a cache, and what people see of it.
public struct CacheKey: Sendable, Hashable {
    /// The SHA-256 of everything that decides the answer, as 64 hexadecimal digits.
    public var digest: String
    /// The model that is asked.
    public var model: String

    /// Names an answer.
    public init(digest: String, model: String) {
        self.digest = digest
        self.model = model
    }
}

/// Where answered calls are kept.
public protocol ResponseCache: Sendable {
    /// The answer kept under a key; nil where there is none. Throws ``EvaluationError``.
    func response(for key: CacheKey) throws -> ChatResponse?

    /// Keeps an answer, in place of one that was there. Throws ``EvaluationError``.
    func store(_ response: ChatResponse, for key: CacheKey) throws
}

/// Keeps answers in memory.
public final class MemoryResponseCache: ResponseCache {
    /// Protects the answers.
    private let responses = Mutex<[String: ChatResponse]>([:])

    /// An empty cache.
    public init() {}

    /// The answer kept under a key.
    public func response(for key: CacheKey) throws -> ChatResponse? { responses.withLock { $0[key.digest] } }

    /// Keeps an answer.
    public func store(_ response: ChatResponse, for key: CacheKey) throws {
        responses.withLock { $0[key.digest] = response }
    }
}

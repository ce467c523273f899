public import Evaluation
import Synchronization

/// A run's use of a cache: shared by its models, it counts what the cache did for them.
public final class RunCache: Sendable {
    /// What the cache did for one backend, or for all.
    public struct Counts: Sendable, Hashable {
        /// Calls that could have been answered.
        public var calls = 0
        /// Calls that were.
        public var answered = 0
        /// Tokens of the answered calls, which were used when they were first asked.
        public var tokens = 0
        /// Their price in US dollars, as far as it is known.
        public var cost = 0.0

        /// Nothing yet.
        public init() {}

        /// Adds what was done for another backend.
        public static func += (left: inout Self, right: Self) {
            left.calls += right.calls
            left.answered += right.answered
            left.tokens += right.tokens
            left.cost += right.cost
        }
    }

    private struct State {
        var counts: [String: Counts] = [:]
        var failures = 0
        var firstFailure: EvaluationError?
    }

    let mode: CacheMode
    let redactor: SecretRedactor
    private let responses: any ResponseCache
    private let draws = DrawNumbers()
    /// Protects the counts.
    private let state = Mutex(State())

    /// Uses a cache; an answer that repeats one of the redactor's secrets is not kept.
    public init(
        _ responses: any ResponseCache, mode: CacheMode = .readWrite, redactor: SecretRedactor = SecretRedactor([])
    ) {
        self.responses = responses
        self.mode = mode
        self.redactor = redactor
    }

    /// What the cache did so far, by backend.
    public var counts: [String: Counts] { state.withLock(\.counts) }

    /// How often the cache could not be read or written, and the first reason.
    ///
    /// Such a call is answered by its model: what only saves money may not cost an episode.
    public var failures: (count: Int, first: EvaluationError?) {
        state.withLock { ($0.failures, $0.firstFailure) }
    }

    /// How many calls of the same kind came before in the attempt that a call belongs to.
    func repetition(of digest: String, in context: CallContext) -> Int { draws.next(digest, in: context) }

    func response(for key: CacheKey, backend: String) -> ChatResponse? {
        var found: ChatResponse?
        if mode.reads { found = attempt { try responses.response(for: key) } ?? nil }
        state.withLock { state in
            state.counts[backend, default: Counts()].calls += 1
            guard let found else { return }
            state.counts[backend, default: Counts()].answered += 1
            state.counts[backend, default: Counts()].tokens +=
                (found.usage?.inputTokens ?? 0) + (found.usage?.outputTokens ?? 0)
            state.counts[backend, default: Counts()].cost += found.cost ?? 0
        }
        return found
    }

    func store(_ response: ChatResponse, for key: CacheKey) {
        guard mode.writes, response.isWorthKeeping else { return }
        let recorded = response.recorded
        guard redactor.redact(recorded) == recorded else { return }
        _ = attempt { try responses.store(response, for: key) }
    }

    private func attempt<Value>(_ body: () throws -> Value) -> Value? {
        do {
            return try body()
        } catch {
            let known =
                error as? EvaluationError
                ?? EvaluationError(.storageFailed, "the cache failed", cause: .gage, underlying: error)
            state.withLock { state in
                state.failures += 1
                if state.firstFailure == nil { state.firstFailure = known }
            }
            return nil
        }
    }
}

extension ChatResponse {
    /// Whether asking again would be expected to give no better answer.
    ///
    /// A reply that ran into a token limit or a filter, or that says nothing, is what people repeat a run for.
    var isWorthKeeping: Bool {
        guard finishReason != .length, finishReason != .contentFilter else { return false }
        return !message.toolCalls.isEmpty || !(message.text ?? "").isEmpty
    }
}

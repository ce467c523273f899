import Evaluation
import Synchronization

/// Paces calls to one endpoint: a cap on calls at a time, and buckets of requests and tokens a minute.
///
/// Fair (first come, first served) and safe to cancel: a caller that gives up while waiting leaves no trace.
public final class RateLimiter: Sendable {
    private struct Guarded {
        var state: RateLimiterState
        var nextCaller: UInt64 = 0
        var sleepers: [UInt64: CheckedContinuation<Void, Never>] = [:]
        /// Callers woken while they were not asleep; their next sleep ends at once.
        var woken: Set<UInt64> = []

        /// Wakes a caller: the continuation to resume outside the lock, or a note for its next sleep.
        mutating func wake(_ caller: UInt64) -> CheckedContinuation<Void, Never>? {
            if let sleeper = sleepers.removeValue(forKey: caller) { return sleeper }
            woken.insert(caller)
            return nil
        }

        mutating func wakeHead() -> CheckedContinuation<Void, Never>? {
            guard let head = state.head else { return nil }
            return wake(head)
        }
    }

    /// Protects the queue, the buckets and the continuations; none is resumed while it is held.
    private let guarded: Mutex<Guarded>
    private let clock: any ModelClock

    /// Starts with full buckets.
    public init(_ limits: RateLimits, clock: any ModelClock = SystemModelClock()) {
        self.clock = clock
        guarded = Mutex(Guarded(state: RateLimiterState(limits, now: clock.monotonicSeconds)))
    }

    /// How many calls are let in and not ended.
    public var callsInFlight: Int { guarded.withLock { $0.state.inFlight } }

    /// How many callers wait for their turn.
    public var callersWaiting: Int { guarded.withLock { $0.state.waiting } }

    /// Waits for a call's turn; every turn must be given back with ``release(taken:used:)``.
    ///
    /// Throws `CancellationError` when the task is cancelled before its turn comes.
    public func acquire(tokens: Int) async throws {
        let caller = guarded.withLock { guarded in
            guarded.nextCaller += 1
            return guarded.nextCaller
        }
        defer { leave(caller) }
        try await withTaskCancellationHandler {
            while true {
                try Task.checkCancellation()
                let now = clock.monotonicSeconds
                switch guarded.withLock({ $0.state.admit(caller, tokens: tokens, now: now) }) {
                case .admitted: return
                case .retry(let seconds): try await clock.sleep(seconds: seconds)
                case .waitForTurn: await sleep(caller)
                }
            }
        } onCancel: {
            wake(caller)
        }
    }

    /// Gives a turn back, with the tokens that were taken for it and those that it used.
    public func release(taken: Int, used: Int) {
        let sleeper = guarded.withLock { guarded in
            guarded.state.release(taken: taken, used: used)
            return guarded.wakeHead()
        }
        sleeper?.resume()
    }

    /// Counts a repetition within a call that has its turn; the seconds that it should wait for.
    func chargeRetry() -> Double {
        let now = clock.monotonicSeconds
        return guarded.withLock { $0.state.chargeRetry(now: now) }
    }

    private func sleep(_ caller: UInt64) async {
        await withCheckedContinuation { continuation in
            let isWoken = guarded.withLock { guarded in
                if guarded.woken.remove(caller) != nil { return true }
                guarded.sleepers[caller] = continuation
                return false
            }
            if isWoken { continuation.resume() }
        }
    }

    private func wake(_ caller: UInt64) {
        let sleeper = guarded.withLock { $0.wake(caller) }
        sleeper?.resume()
    }

    /// Ends a caller's wait, with or without its turn, and lets the next in the queue look.
    private func leave(_ caller: UInt64) {
        let sleeper = guarded.withLock { guarded in
            guarded.state.abandon(caller)
            guarded.woken.remove(caller)
            return guarded.wakeHead()
        }
        sleeper?.resume()
    }
}

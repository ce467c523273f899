import Evaluation
import Synchronization

/// Paces calls to one endpoint: a limit on calls at a time, and buckets of requests and tokens a minute.
///
/// Tasks take turns, and within a task it is first come, first served. Safe to cancel: a caller that gives up while
/// waiting leaves no trace. Where the limit is adaptive it follows what the endpoint says and how it fares.
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

    /// The longest that a caller sleeps without looking whether what it waits for has changed, in seconds.
    private static let longestSleep = 30.0

    /// Counts what is called.
    public let meter: TrafficMeter
    /// Protects the queue, the buckets and the continuations; none is resumed while it is held.
    private let guarded: Mutex<Guarded>
    private let clock: any ModelClock

    /// Starts with full buckets.
    public init(_ limits: RateLimits, clock: any ModelClock = SystemModelClock()) {
        self.clock = clock
        let now = clock.monotonicSeconds
        let state = RateLimiterState(limits, now: now)
        meter = TrafficMeter()
        meter.begin(
            limit: state.adaptive.isUnlimited ? nil : state.adaptive.limit, isAdaptive: state.adaptive.isAdaptive,
            now: now)
        guarded = Mutex(Guarded(state: state))
    }

    /// How many calls are let in and not ended.
    public var callsInFlight: Int { guarded.withLock { $0.state.inFlight } }

    /// How many callers wait for their turn.
    public var callersWaiting: Int { guarded.withLock { $0.state.waiting } }

    /// How many calls at a time are let in now.
    public var concurrency: Int { guarded.withLock { $0.state.adaptive.limit } }

    // MARK: Turns

    /// Waits for a call's turn; every turn must be given back with ``release(_:as:)``.
    ///
    /// Callers of one group, the task, stand in one line; groups take turns. One that repeats a call comes first in its
    /// line. Throws `CancellationError` when the task is cancelled before its turn comes.
    @discardableResult
    public func acquire(
        tokens: Int, group: String = "", isRepetition: Bool = false
    ) async throws -> CallTurn {
        let arrived = clock.monotonicSeconds
        let caller = guarded.withLock { guarded in
            guarded.nextCaller += 1
            guarded.state.enqueue(guarded.nextCaller, group: group, isRepetition: isRepetition)
            return guarded.nextCaller
        }
        defer { leave(caller) }
        return try await withTaskCancellationHandler {
            while true {
                try Task.checkCancellation()
                let now = clock.monotonicSeconds
                switch admit(caller, tokens: tokens, now: now) {
                case .admitted:
                    meter.admitted(afterSeconds: now - arrived)
                    return CallTurn(tokens: tokens, startedAt: now)
                case .retry(let seconds): try await clock.sleep(seconds: min(seconds, Self.longestSleep))
                case .waitForTurn: await sleep(caller)
                }
            }
        } onCancel: {
            wake(caller)
        }
    }

    private func admit(_ caller: UInt64, tokens: Int, now: Double) -> RateLimiterState.Decision {
        let (decision, hold) = guarded.withLock { guarded in
            let wasHeld = guarded.state.isHeldByHeaders
            let decision = guarded.state.admit(caller, tokens: tokens, now: now)
            let isNew = !wasHeld && guarded.state.isHeldByHeaders
            return (decision, isNew ? (guarded.state.adaptive.limit, guarded.state.inFlight) : nil)
        }
        if let (limit, inFlight) = hold { meter.moved(to: limit, inFlight: inFlight, why: .header, now: now) }
        return decision
    }

    /// Gives a turn back, with the tokens that were taken for it and those that it used.
    public func release(taken: Int, used: Int) {
        let sleeper = guarded.withLock { guarded in
            guarded.state.release(taken: taken, used: used)
            return guarded.wakeHead()
        }
        sleeper?.resume()
    }

    /// Gives a turn back and learns from how the call went.
    public func release(_ turn: CallTurn, as end: CallTurn.End) {
        let now = clock.monotonicSeconds
        let (sleeper, change) = guarded.withLock { guarded in
            let change: AdaptiveLimit.Reason? =
                switch end {
                case .answered: guarded.state.succeeded(FinishedCall(started: turn.startedAt, ended: now))
                case .timedOut:
                    guarded.state.refused(CallRefusal(callStarted: turn.startedAt, reason: .latency), now: now)
                case .failed: nil
                }
            let inFlight = guarded.state.inFlight
            guarded.state.release(taken: turn.tokens, used: end.tokens ?? turn.tokens)
            let moved = change.map { (limit: guarded.state.adaptive.limit, inFlight: inFlight, why: $0) }
            return (guarded.wakeHead(), moved)
        }
        sleeper?.resume()
        if case .answered = end { meter.answered(afterSeconds: now - turn.startedAt) }
        if let change { meter.moved(to: change.limit, inFlight: change.inFlight, why: change.why, now: now) }
    }

    // MARK: What changes the limit

    /// Lets so many calls in at a time from now on, and never more.
    public func setConcurrency(_ limit: Int) {
        let now = clock.monotonicSeconds
        let (sleeper, set, inFlight) = guarded.withLock { guarded in
            guarded.state.setConcurrency(limit, now: now)
            return (guarded.wakeHead(), guarded.state.adaptive.limit, guarded.state.inFlight)
        }
        sleeper?.resume()
        meter.moved(to: set, inFlight: inFlight, why: .manual, now: now)
    }

    /// Learns from an endpoint's response what it bears; `wish` is how many seconds it wants to be left alone.
    func heard(_ signal: ResponseSignal) {
        let now = clock.monotonicSeconds
        let change = guarded.withLock { guarded -> (limit: Int, inFlight: Int, why: AdaptiveLimit.Reason)? in
            guarded.state.learn(signal.allowances, callStarted: signal.callStarted, now: now)
            guard let reason = signal.refusal else { return nil }
            let refusal = CallRefusal(callStarted: signal.callStarted, reason: reason, wish: signal.wish)
            guard let why = guarded.state.refused(refusal, now: now) else { return nil }
            return (guarded.state.adaptive.limit, guarded.state.inFlight, why)
        }
        if signal.refusal != nil { meter.throttled() }
        if let change { meter.moved(to: change.limit, inFlight: change.inFlight, why: change.why, now: now) }
    }

    // MARK: Sleeping

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

/// A call that was let in.
public struct CallTurn: Sendable {
    /// How a call ended.
    public enum End: Sendable {
        /// With an answer that used so many tokens, where that is known.
        case answered(tokens: Int?)
        /// No answer came in time.
        case timedOut
        /// In any other way.
        case failed

        var tokens: Int? {
            // What a failed call used is unknown; the estimate stays taken.
            guard case .answered(let tokens) = self else { return nil }
            return tokens
        }
    }

    /// The tokens that were taken for it.
    public let tokens: Int
    /// When it was let in, on the monotonic clock.
    public let startedAt: Double
}

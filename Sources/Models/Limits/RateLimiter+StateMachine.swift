/// Who may call next: the pure part of a rate limiter.
///
/// First come, first served: only the caller at the head of the queue is ever let in, so a large request is not
/// overtaken for ever by small ones.
struct RateLimiterState: Sendable {
    /// What a caller has to do.
    enum Decision: Hashable, Sendable {
        /// Call now.
        case admitted
        /// Ask again after this many seconds.
        case retry(seconds: Double)
        /// Ask again when woken.
        case waitForTurn
    }

    private let limits: RateLimits
    private var requests: TokenBucket?
    private var tokens: TokenBucket?
    private var queue: [UInt64] = []
    private(set) var inFlight = 0

    init(_ limits: RateLimits, now: Double) {
        self.limits = limits
        requests = limits.requestsPerMinute.map { TokenBucket(perMinute: $0, now: now) }
        tokens = limits.tokensPerMinute.map { TokenBucket(perMinute: $0, now: now) }
    }

    /// The caller whose turn it is next.
    var head: UInt64? { queue.first }

    /// How many callers wait for their turn.
    var waiting: Int { queue.count }

    /// Lets a caller in or tells it what to wait for; the first time it is also put into the queue.
    mutating func admit(_ caller: UInt64, tokens amount: Int, now: Double) -> Decision {
        if !queue.contains(caller) { queue.append(caller) }
        guard queue.first == caller else { return .waitForTurn }
        if let most = limits.concurrency, inFlight >= most { return .waitForTurn }
        requests?.refill(now: now)
        tokens?.refill(now: now)
        let wait = max(requests?.secondsUntil(1) ?? 0, tokens?.secondsUntil(Double(amount)) ?? 0)
        // Rounding may leave less to wait for than a clock can tell apart.
        guard wait < 1e-6 else { return .retry(seconds: wait) }
        requests?.take(1)
        tokens?.take(Double(amount))
        queue.removeFirst()
        inFlight += 1
        return .admitted
    }

    /// Forgets a caller that no longer waits.
    mutating func abandon(_ caller: UInt64) {
        queue.removeAll { $0 == caller }
    }

    /// Ends a call; what it used beyond what was taken for it is taken now, and what it did not use is given back.
    mutating func release(taken: Int, used: Int) {
        inFlight -= 1
        tokens?.take(Double(used - taken))
    }

    /// Takes a request for a repetition within a call; the seconds until the bucket is even again.
    mutating func chargeRetry(now: Double) -> Double {
        guard requests != nil else { return 0 }
        requests?.refill(now: now)
        requests?.take(1)
        return requests?.secondsUntil(0) ?? 0
    }
}

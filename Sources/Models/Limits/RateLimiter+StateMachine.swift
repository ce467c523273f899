/// Who may call next: the pure part of a rate limiter.
///
/// Only the caller at the head of the queue is ever let in; groups of callers take turns at being the head.
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

    /// A rate of the endpoint's own.
    private struct Allowance {
        var kind: RateAllowance.Kind
        var bucket: TokenBucket
        var asOf: Double

        func amount(tokens: Int) -> Double { kind == .tokens ? Double(tokens) : 1 }
    }

    private static let mostUncounted = 8192

    private var requests: TokenBucket?
    private var tokens: TokenBucket?
    /// What the endpoint's header fields say is left, and when the call began that they came with.
    private var allowances: [String: Allowance] = [:]
    /// Calls that the endpoint may not have counted yet when it says what is left, in the order of their turns.
    private var uncounted: [(admittedAt: Double, tokens: Int)] = []
    private var queue = FairQueue()
    private(set) var adaptive: AdaptiveLimit
    private(set) var inFlight = 0
    /// When a call was last let in that used up the limit.
    private var lastFull = -Double.infinity
    /// Whether the head waits because of the endpoint's header fields.
    private(set) var isHeldByHeaders = false

    init(_ limits: RateLimits, now: Double) {
        requests = limits.requestsPerMinute.map { TokenBucket(perMinute: $0, now: now) }
        tokens = limits.tokensPerMinute.map { TokenBucket(perMinute: $0, now: now) }
        adaptive = AdaptiveLimit(limits.adaptive, cap: limits.concurrency, now: now)
    }

    /// The caller whose turn it is next.
    var head: UInt64? { queue.head }

    /// How many callers wait for their turn.
    var waiting: Int { queue.count }

    /// Puts a caller into the line of its group, at the front when it repeats a call.
    mutating func enqueue(_ caller: UInt64, group: String, isRepetition: Bool) {
        queue.append(caller, group: group, atFront: isRepetition)
    }

    /// Lets a caller in or tells it what to wait for; one that stands in no line yet is put into one.
    mutating func admit(_ caller: UInt64, tokens amount: Int, now: Double) -> Decision {
        if !queue.contains(caller) { queue.append(caller, group: "") }
        guard queue.head == caller, inFlight < adaptive.limit else { return .waitForTurn }
        requests?.refill(now: now)
        tokens?.refill(now: now)
        let own = max(requests?.secondsUntil(1) ?? 0, tokens?.secondsUntil(Double(amount)) ?? 0)
        let told = secondsUntilAllowed(tokens: amount, now: now)
        let wait = max(own, told, adaptive.restsUntil - now)
        isHeldByHeaders = told >= 1e-6
        // Rounding may leave less to wait for than a clock can tell apart.
        guard wait < 1e-6 else { return .retry(seconds: wait) }
        requests?.take(1)
        tokens?.take(Double(amount))
        for (name, allowance) in allowances where allowance.kind != .replyTokens {
            allowances[name]?.bucket.take(allowance.amount(tokens: amount))
        }
        if adaptive.isAdaptive { note(tokens: amount, now: now) }
        queue.removeHead()
        inFlight += 1
        if inFlight >= adaptive.limit { lastFull = now }
        return .admitted
    }

    /// Forgets a caller that no longer waits.
    mutating func abandon(_ caller: UInt64) { queue.remove(caller) }

    /// Ends a call; what it used beyond what was taken for it is taken now, and what it did not use is given back.
    mutating func release(taken: Int, used: Int) {
        inFlight -= 1
        tokens?.take(Double(used - taken))
    }

    /// Learns that a call was answered; why the limit moved, if it did.
    ///
    /// Comes before ``release(taken:used:)``.
    mutating func succeeded(_ call: FinishedCall) -> AdaptiveLimit.Reason? {
        // Answers often come together. After the first of them there is room, which says nothing: what counts is
        // whether the endpoint bore the whole limit while the call was under way.
        adaptive.succeeded(call, isSaturated: inFlight >= adaptive.limit || lastFull >= call.started)
    }

    /// Learns that a call was refused for load; why the limit moved, if it did.
    mutating func refused(_ refusal: CallRefusal, now: Double) -> AdaptiveLimit.Reason? {
        adaptive.refused(
            callStarted: refusal.callStarted, reason: refusal.reason, wish: refusal.wish, now: now)
    }

    /// Learns what the endpoint says is left.
    ///
    /// It counts a call when it comes, and tells when it has answered it: calls let in since then are taken off.
    mutating func learn(_ found: [RateAllowance], callStarted: Double, now: Double) {
        guard adaptive.isAdaptive, !found.isEmpty else { return }
        let counted = uncounted.lastIndex { $0.admittedAt <= callStarted }
        let later = uncounted[(counted.map { $0 + 1 } ?? 0)...]
        for allowance in found {
            // Replies overtake each other; an older one knows less.
            if let known = allowances[allowance.name], known.asOf > callStarted { continue }
            guard let bucket = allowance.bucket(now: now) else {
                allowances[allowance.name] = nil
                continue
            }
            var learned = Allowance(kind: allowance.kind, bucket: bucket, asOf: callStarted)
            if allowance.kind != .replyTokens {
                for call in later { learned.bucket.take(learned.amount(tokens: call.tokens)) }
            }
            allowances[allowance.name] = learned
        }
        // Replies to calls before this one are not heard any more where all rates are told together, as they are.
        if later.count < uncounted.count { uncounted = Array(later) }
    }

    /// Remembers a call until the endpoint has said something after it.
    private mutating func note(tokens: Int, now: Double) {
        // Nobody has so many under way; this is an endpoint that says nothing.
        if uncounted.count >= Self.mostUncounted { uncounted.removeFirst(Self.mostUncounted / 2) }
        uncounted.append((now, tokens))
    }

    /// Sets the limit by hand.
    mutating func setConcurrency(_ limit: Int, now: Double) { adaptive.setManually(limit, now: now) }

    private mutating func secondsUntilAllowed(tokens amount: Int, now: Double) -> Double {
        var wait = 0.0
        for (name, var allowance) in allowances {
            allowance.bucket.refill(now: now)
            allowances[name] = allowance
            wait = max(wait, allowance.bucket.secondsUntil(allowance.amount(tokens: amount)))
        }
        return wait
    }
}

/// A call that an endpoint refused for load.
struct CallRefusal: Sendable {
    /// When the call began, on the monotonic clock.
    var callStarted: Double
    /// In which way.
    var reason: AdaptiveLimit.Reason
    /// How many seconds the endpoint wants to be left alone.
    var wish: Double?
}

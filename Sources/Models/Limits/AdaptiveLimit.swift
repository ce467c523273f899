/// How many calls at a time an endpoint is given: the pure part of adaptive concurrency.
///
/// Additive increase, multiplicative decrease. The limit doubles from round to round until the endpoint first refuses a
/// call for load; from then on it is cut by a fifth at each congestion, comes back quickly to a tenth below the level
/// that was refused, and feels its way from there. One congestion is one cut: calls that were under way when the limit
/// was cut tell nothing new. Replies that become slow are dealt with by ``LatencyWatch``.
struct AdaptiveLimit: Sendable {
    /// What moved the limit.
    enum Reason: String, Sendable, Hashable {
        /// It is where it begins.
        case start
        /// The endpoint bears more.
        case raise
        /// The endpoint refused a call with status 429.
        case throttled = "429"
        /// The endpoint said that it is overloaded (503, 529).
        case overloaded = "503"
        /// Replies became slow, or did not come in time.
        case latency
        /// The endpoint's header fields said that there is nothing left for now.
        case header
        /// A person set it.
        case manual
    }

    private static let cut = 0.8
    private static let mostPatience = 16.0
    /// The longest that an endpoint which refuses even the fewest calls is left alone without saying so, in seconds.
    private static let longestRest = 30.0
    /// Nobody's endpoint bears more, and a limit must be finite to be cut.
    private static let most = 100_000

    /// Whether the limit moves by itself.
    let isAdaptive: Bool
    private let minimum: Int
    private let initial: Int
    private var maximum: Int
    /// The limit before rounding.
    private var exact: Double
    /// The level at which the endpoint last refused; nil while none is known.
    private var ceiling: Double?
    /// How many times more slowly than at first that level is tried again; it doubles whenever it is refused again.
    private var patience = 1.0
    private var lastCut = -Double.infinity
    /// When calls may begin again, after refusals of the fewest.
    private(set) var restsUntil = -Double.infinity
    private var refusalsInARow = 0
    private var watch: LatencyWatch

    /// Begins within bounds; `cap` is the backend's own upper bound.
    init(_ adaptive: AdaptiveConcurrency, cap: Int?, now: Double) {
        isAdaptive = adaptive.isOn
        let bounds = adaptive.bounds
        maximum = max(1, min(cap ?? Self.most, adaptive.isOn ? bounds.maximum ?? Self.most : Self.most))
        minimum = min(bounds.minimum, maximum)
        initial = max(minimum, min(bounds.initial, maximum))
        exact = Double(adaptive.isOn ? initial : maximum)
        watch = LatencyWatch(now: now)
    }

    /// Calls at a time.
    var limit: Int { max(1, Int(exact)) }

    /// Whether any number of calls is let through.
    var isUnlimited: Bool { !isAdaptive && maximum == Self.most }

    /// A call was answered; why the limit moved, if it did.
    ///
    /// Only calls that were made under the limit, `isSaturated`, say that there is room for more.
    mutating func succeeded(_ call: FinishedCall, isSaturated: Bool) -> Reason? {
        guard isAdaptive else { return nil }
        refusalsInARow = 0
        let before = limit
        switch watch.finished(call, limit: limit, isSaturated: isSaturated) {
        case .reduce(let level) where level >= Double(min(initial, limit)):
            set(level)
            lastCut = call.ended
            return limit == before ? nil : .latency
        case .restore(let level): set(max(exact, level))
        default: break
        }
        if isSaturated, watch.allowsGrowth, call.started > lastCut { set(exact + growth) }
        return limit == before ? nil : .raise
    }

    /// The endpoint refused a call for load, or did not answer it in time; why the limit moved, if it did.
    ///
    /// `wish` is how many seconds the endpoint wants to be left alone.
    mutating func refused(callStarted: Double, reason: Reason, wish: Double?, now: Double) -> Reason? {
        guard isAdaptive else { return nil }
        if limit == minimum { rest(wish: wish, now: now) }
        guard callStarted > lastCut else { return nil }
        lastCut = now
        watch.restart(now: now)
        let isRefusedAgain = ceiling.map { abs(exact - $0) <= max(1, $0 * 0.15) } ?? false
        patience = isRefusedAgain ? min(patience * 2, Self.mostPatience) : 1
        ceiling = exact
        let before = limit
        set(min(exact * Self.cut, Double(limit - 1)))
        return limit == before ? nil : reason
    }

    /// A person wants another limit: it holds from now on as the most, and is tried at once.
    mutating func setManually(_ limit: Int, now: Double) {
        maximum = max(1, min(limit, Self.most))
        exact = Double(maximum)
        ceiling = nil
        restsUntil = -.infinity
        watch.restart(now: now)
    }

    /// What one answered call adds to the limit; a round is as many calls as the limit.
    private var growth: Double {
        guard let ceiling else { return 1 }
        if exact < ceiling * 0.9 { return max(0.1, 1 / exact) }
        // Around the level that was refused every step may cost a refused call.
        return 0.5 / (exact * patience)
    }

    private mutating func set(_ level: Double) {
        exact = min(max(level, Double(min(minimum, maximum))), Double(maximum))
        // What was refused once is borne by now: its level says nothing any more.
        if let ceiling, exact > ceiling * 1.2 + 1 { (self.ceiling, patience) = (nil, 1) }
    }

    /// Leaves an endpoint alone that refuses even the fewest calls.
    private mutating func rest(wish: Double?, now: Double) {
        refusalsInARow += 1
        let own = min(Self.longestRest, 0.5 * Double(1 << min(refusalsInARow - 1, 6)))
        restsUntil = max(restsUntil, now + (wish ?? own))
    }
}

/// A call that was answered.
struct FinishedCall: Sendable {
    /// When it began, on the monotonic clock.
    var started: Double
    /// When the answer was there.
    var ended: Double

    /// How long it took in seconds.
    var seconds: Double { ended - started }
}

/// Tells replies that are slow because of too many calls from replies that are slow by nature.
///
/// Calls are looked at in windows. When the median of a window is twice that of the quickest one, the limit stays where it
/// is for a window, and then a quarter of the calls is held back on trial. If as many replies come per second as before, the calls were only standing in line at the
/// endpoint, and the smaller limit is kept for a while; if fewer come, the old limit was worth it (longer conversations,
/// an endpoint that answers in batches), and the slowness is taken for normal from then on.
struct LatencyWatch: Sendable {
    /// What to do with the limit.
    enum Finding: Sendable, Hashable {
        /// Nothing.
        case leave
        /// Try this level.
        case reduce(Double)
        /// Go back to this level.
        case restore(Double)
    }

    private enum Phase {
        /// Nothing is wrong.
        case watching
        /// Replies are slow; how many come per second under this limit is being counted.
        case counting
        /// Fewer calls are made than under this limit, when so many replies came per second.
        case trying(limit: Double, rate: Double)

        var isWatching: Bool {
            if case .watching = self { return true }
            return false
        }
    }

    private static let inflation = 2.0
    private static let share = 0.75
    /// A trial that costs less than this share of the replies costs nothing.
    private static let tolerance = 0.9
    /// Differences below this are of no concern to anyone, in seconds.
    private static let leastDifference = 0.1
    private static let calmWindows = 20

    private var baseline: Double?
    private var phase = Phase.watching
    private var samples: [Double] = []
    private var saturated = 0
    private var openedAt: Double
    /// Replies to let pass before the window opens, so that it is of calls under one limit.
    private var settling = 0
    private var size = 24
    private var windowsToGrowth = 0

    init(now: Double) { openedAt = now }

    /// Whether the limit may grow, as far as latency goes.
    var allowsGrowth: Bool { phase.isWatching && windowsToGrowth == 0 }

    /// Takes a reply into account.
    mutating func finished(_ call: FinishedCall, limit: Int, isSaturated: Bool) -> Finding {
        if settling > 0 {
            settling -= 1
            openedAt = call.ended
            return .leave
        }
        samples.append(call.seconds)
        if isSaturated { saturated += 1 }
        guard samples.count >= size else { return .leave }
        return close(limit: limit, now: call.ended)
    }

    /// Begins anew after the limit was cut for another reason.
    mutating func restart(now: Double) {
        phase = .watching
        open(now: now)
    }

    private mutating func open(now: Double, after settling: Int = 0, size: Int = 24) {
        samples.removeAll(keepingCapacity: true)
        saturated = 0
        openedAt = now
        self.settling = settling
        self.size = min(max(24, size), 400)
    }

    private mutating func close(limit: Int, now: Double) -> Finding {
        let median = samples.sorted()[samples.count / 2]
        let rate = Double(samples.count) / max(now - openedAt, 1e-9)
        let wasSaturated = saturated * 5 >= samples.count * 4
        switch phase {
        case .watching:
            windowsToGrowth = max(0, windowsToGrowth - 1)
            let best = min(baseline ?? median, median)
            baseline = best
            let isSlow = median > best * Self.inflation && median - best > Self.leastDifference
            if wasSaturated, isSlow { phase = .counting }
            open(now: now, after: phase.isWatching ? 0 : limit, size: phase.isWatching ? limit : 2 * limit)
            return .leave
        case .counting:
            phase = .trying(limit: Double(limit), rate: rate)
            open(now: now, after: limit, size: 2 * limit)
            return .reduce(Double(limit) * Self.share)
        case .trying(let before, let rateBefore):
            phase = .watching
            open(now: now, size: limit)
            guard wasSaturated, rate < rateBefore * Self.tolerance else {
                windowsToGrowth = Self.calmWindows
                return .leave
            }
            baseline = median
            return .restore(before)
        }
    }
}

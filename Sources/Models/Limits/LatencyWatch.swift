/// Tells replies that are slow because of too many calls from replies that are slow by nature.
///
/// Calls are looked at in windows. When the median of a window is twice that of the quickest one, a quarter of the calls
/// is held back on trial. If as many replies come per second as before, the calls were only standing in line at the
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

    private struct Trial {
        var limit: Double
        var rate: Double
    }

    private static let inflation = 2.0
    private static let share = 0.75
    /// A trial that costs less than this share of the replies costs nothing.
    private static let tolerance = 0.9
    /// Differences below this are of no concern to anyone, in seconds.
    private static let leastDifference = 0.1
    private static let calmWindows = 20

    private var baseline: Double?
    private var trial: Trial?
    private var samples: [Double] = []
    private var saturated = 0
    private var openedAt: Double
    /// Replies to let pass before the window opens, so that it is of calls under one limit.
    private var settling = 0
    private var windowsToGrowth = 0

    init(now: Double) { openedAt = now }

    /// Whether the limit may grow, as far as latency goes.
    var allowsGrowth: Bool { trial == nil && windowsToGrowth == 0 }

    /// Takes a reply into account.
    mutating func finished(_ call: FinishedCall, limit: Int, isSaturated: Bool) -> Finding {
        if settling > 0 {
            settling -= 1
            openedAt = call.ended
            return .leave
        }
        samples.append(call.seconds)
        if isSaturated { saturated += 1 }
        guard samples.count >= max(24, min(2 * limit, 400)) else { return .leave }
        return close(limit: limit, now: call.ended)
    }

    /// Begins anew after the limit was cut for another reason.
    mutating func restart(now: Double) {
        trial = nil
        open(now: now)
    }

    private mutating func open(now: Double, after settling: Int = 0) {
        samples.removeAll(keepingCapacity: true)
        saturated = 0
        openedAt = now
        self.settling = settling
    }

    private mutating func close(limit: Int, now: Double) -> Finding {
        let median = samples.sorted()[samples.count / 2]
        let rate = Double(samples.count) / max(now - openedAt, 1e-9)
        let wasSaturated = saturated * 5 >= samples.count * 4
        if let trial {
            self.trial = nil
            open(now: now)
            guard wasSaturated, rate < trial.rate * Self.tolerance else {
                windowsToGrowth = Self.calmWindows
                return .leave
            }
            baseline = median
            return .restore(trial.limit)
        }
        open(now: now)
        windowsToGrowth = max(0, windowsToGrowth - 1)
        let best = min(baseline ?? median, median)
        baseline = best
        guard wasSaturated, median > best * Self.inflation, median - best > Self.leastDifference else { return .leave }
        trial = Trial(limit: Double(limit), rate: rate)
        open(now: now, after: limit)
        return .reduce(Double(limit) * Self.share)
    }
}

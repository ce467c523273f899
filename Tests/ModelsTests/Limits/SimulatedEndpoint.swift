import Evaluation

@testable import Models

/// An endpoint and its callers on a clock of their own, so that minutes of traffic take milliseconds.
struct SimulatedEndpoint {
    /// What the endpoint does when it has more calls than it can work on.
    enum Manner {
        /// It refuses them.
        case refuses
        /// It lets them stand in line.
        case queues
        /// It works on all of them at once, each a little slower: this much of its time for every further call.
        case batches(Double)
    }

    var manner = Manner.refuses
    /// Calls that it can work on at a time.
    var capacity = 20
    /// How long one takes, in seconds, and by how much that varies.
    var seconds = 1.0
    var spread = 0.4
    /// From the second on, how much longer calls take by nature.
    var slowdown: (from: Double, factor: Double) = (.infinity, 1)
    /// Calls to be answered in all.
    var calls = 4000
    /// Callers at a time.
    var callers = 200

    struct Outcome {
        var duration = 0.0
        var answered = 0
        var refused = 0
        /// The limit over time.
        var limits: [(time: Double, limit: Int)] = []

        /// The mean of the limit in the last half of the time.
        var settledLimit: Double {
            var (sum, time) = (0.0, 0.0)
            for (index, point) in limits.enumerated() {
                let end = index + 1 < limits.count ? limits[index + 1].time : duration
                let from = max(point.time, duration / 2)
                guard end > from else { continue }
                sum += Double(point.limit) * (end - from)
                time += end - from
            }
            return time > 0 ? sum / time : 0
        }
    }

    private enum Event {
        case answered(Double)
        case refused(Double)
        case back
    }

    /// Plays it; the ideal is `calls × seconds ÷ capacity`.
    func play(_ adaptive: AdaptiveConcurrency, cap: Int? = nil, seed: UInt64 = 1) -> Outcome {
        var limit = AdaptiveLimit(adaptive, cap: cap, now: 0)
        var generator = SeededGenerator(seed: seed)
        var outcome = Outcome()
        outcome.limits.append((0, limit.limit))
        var events: [(at: Double, event: Event)] = []
        var (now, ready, left, inFlight) = (0.0, min(callers, calls), calls - min(callers, calls), 0)
        var freeAt = Array(repeating: 0.0, count: capacity)
        while outcome.answered < calls {
            while ready > 0, inFlight < limit.limit, now >= limit.restsUntil {
                ready -= 1
                inFlight += 1
                events.append(begin(at: now, inFlight: inFlight, &freeAt, &generator))
            }
            guard let next = events.indices.min(by: { events[$0].at < events[$1].at }) else { break }
            let (at, event) = events.remove(at: next)
            now = max(now, at)
            var change: AdaptiveLimit.Reason?
            switch event {
            case .back: ready += 1
            case .answered(let started):
                change = limit.succeeded(
                    FinishedCall(started: started, ended: now), isSaturated: inFlight >= limit.limit)
                inFlight -= 1
                outcome.answered += 1
                if left > 0 { (left, ready) = (left - 1, ready + 1) }
            case .refused(let started):
                change = limit.refused(callStarted: started, reason: .throttled, wish: nil, now: now)
                inFlight -= 1
                outcome.refused += 1
                events.append((now + 1, .back))
            }
            if change != nil { outcome.limits.append((now, limit.limit)) }
        }
        outcome.duration = now
        return outcome
    }

    private func begin(
        at now: Double, inFlight: Int, _ freeAt: inout [Double], _ generator: inout SeededGenerator
    ) -> (at: Double, event: Event) {
        let factor = now >= slowdown.from ? slowdown.factor : 1
        let work = seconds * factor * Double.random(in: (1 - spread)...(1 + spread), using: &generator)
        let first = freeAt.indices.min { freeAt[$0] < freeAt[$1] } ?? 0
        switch manner {
        case .refuses:
            guard freeAt[first] <= now else { return (now + 0.005, .refused(now)) }
            freeAt[first] = now + work
        case .queues: freeAt[first] = max(now, freeAt[first]) + work
        case .batches(let cost): return (now + work * (1 + cost * Double(inFlight - 1)), .answered(now))
        }
        return (freeAt[first], .answered(now))
    }
}

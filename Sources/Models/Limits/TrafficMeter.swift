public import Evaluation
import Synchronization

/// Counts the calls to one backend.
public final class TrafficMeter: Sendable {
    private struct Counts {
        var traffic = BackendTraffic(backend: "")
        var latency = LatencyHistogram()
        var history = TrafficHistory()

        mutating func move(to limit: Int, inFlight: Int, why: AdaptiveLimit.Reason, now: Double) {
            traffic.concurrency.final = limit
            traffic.concurrency.least = min(traffic.concurrency.least ?? limit, limit)
            traffic.concurrency.most = max(traffic.concurrency.most ?? limit, limit)
            history.add(.init(time: now, limit: limit, inFlight: inFlight, reason: why.rawValue))
        }
    }

    /// Protects the counts.
    private let counts = Mutex(Counts())

    /// Nothing counted.
    public init() {}

    /// What was counted, with times since this moment of the monotonic clock.
    public func traffic(of backend: String, since start: Double, now: Double) -> BackendTraffic {
        let counts = self.counts.withLock { $0 }
        var traffic = counts.traffic
        traffic.backend = backend
        traffic.sessionSeconds = max(0, now - start)
        traffic.latency.median = counts.latency.quantile(0.5)
        traffic.latency.p95 = counts.latency.quantile(0.95)
        traffic.latency.longest = counts.latency.longest
        traffic.history = counts.history.points.map { point in
            var point = point
            // A model that was made before the run began is as old as the run.
            point.time = max(0, point.time - start)
            return point
        }
        return traffic
    }

    func begin(limit: Int?, isAdaptive: Bool, now: Double) {
        counts.withLock { counts in
            counts.traffic.concurrency.isAdaptive = isAdaptive
            guard let limit else { return }
            counts.move(to: limit, inFlight: 0, why: .start, now: now)
        }
    }

    func admitted(afterSeconds wait: Double) {
        counts.withLock { counts in
            counts.traffic.requests += 1
            counts.traffic.waitSeconds += wait
        }
    }

    func answered(afterSeconds seconds: Double) {
        counts.withLock { counts in
            counts.traffic.answered += 1
            counts.latency.add(seconds)
        }
    }

    func retried() { counts.withLock { $0.traffic.retried += 1 } }

    func throttled() { counts.withLock { $0.traffic.throttled += 1 } }

    func used(_ usage: Usage?, cost: Double?) {
        counts.withLock { counts in
            counts.traffic.tokens += (usage?.inputTokens ?? 0) + (usage?.outputTokens ?? 0)
            if let cost { counts.traffic.cost += cost } else { counts.traffic.unpriced += 1 }
        }
    }

    func cached() { counts.withLock { $0.traffic.cached += 1 } }

    func moved(to limit: Int, inFlight: Int, why: AdaptiveLimit.Reason, now: Double) {
        counts.withLock { $0.move(to: limit, inFlight: inFlight, why: why, now: now) }
    }
}

import Evaluation
import JSON

/// What calls to each backend came to over all sessions of a run.
enum TrafficSummary {
    /// One entry for each backend, by name: counts are summed, latencies are means weighted by answered calls (the longest
    /// is the longest of all), the concurrency's last word and history are those of the last session.
    static func json(_ sessions: [[BackendTraffic]]) -> JSONValue {
        var sums: [String: BackendTraffic] = [:]
        for traffic in sessions.flatMap({ $0 }) {
            sums[traffic.backend] = sums[traffic.backend].map { joined($0, traffic) } ?? traffic
        }
        return .array(sums.keys.sorted().compactMap { sums[$0].map { .object($0.json) } })
    }

    private static func joined(_ earlier: BackendTraffic, _ later: BackendTraffic) -> BackendTraffic {
        var sum = later
        sum.requests += earlier.requests
        sum.answered += earlier.answered
        sum.retried += earlier.retried
        sum.throttled += earlier.throttled
        sum.cached += earlier.cached
        sum.tokens += earlier.tokens
        sum.cost += earlier.cost
        sum.unpriced += earlier.unpriced
        sum.sessionSeconds += earlier.sessionSeconds
        sum.waitSeconds += earlier.waitSeconds
        let weight = sum.answered > 0 ? Double(earlier.answered) / Double(sum.answered) : 0
        sum.latency.median = weight * earlier.latency.median + (1 - weight) * later.latency.median
        sum.latency.p95 = weight * earlier.latency.p95 + (1 - weight) * later.latency.p95
        sum.latency.longest = max(earlier.latency.longest, later.latency.longest)
        sum.concurrency.least = [earlier.concurrency.least, later.concurrency.least].compactMap { $0 }.min()
        sum.concurrency.most = [earlier.concurrency.most, later.concurrency.most].compactMap { $0 }.max()
        return sum
    }
}

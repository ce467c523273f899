public import Evaluation
import Reports
import Synchronization

/// A rate of requests that the mock server bears: so many at once after a rest, filled up evenly in so many seconds.
///
/// Every response says in header fields what is left, as providers do.
public struct MockRate: Sendable, Hashable {
    /// How many requests there are in all.
    public var requests: Int
    /// In how many seconds all of them come back.
    public var seconds: Double

    /// Describes a rate.
    public init(requests: Int, seconds: Double) {
        self.requests = requests
        self.seconds = seconds
    }

    /// Reads a rate as a command line writes it: `20/2` for twenty requests in two seconds.
    ///
    /// Throws ``EvaluationError`` (`configuration.invalid`) for anything else.
    public init(_ text: String) throws(EvaluationError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let requests = Int(parts[0]), requests > 0, let seconds = Double(parts[1]),
            seconds > 0, seconds <= 86_400
        else {
            throw EvaluationError(
                .configurationInvalid, "'\(text)' is no rate", cause: .configuration,
                advice: "write 20/2 for twenty requests in two seconds")
        }
        self.init(requests: requests, seconds: seconds)
    }
}

/// What is left of a rate when a request has come.
struct MockAllowance: Sendable, Hashable {
    var limit: Int
    var remaining: Int
    /// Seconds until all are there again.
    var resetSeconds: Double
    /// Seconds until the next one is there, for a request that found none; nil for one that did.
    var refusedFor: Double?

    /// As OpenAI says it.
    var fields: [(String, String)] {
        [
            ("x-ratelimit-limit-requests", "\(limit)"), ("x-ratelimit-remaining-requests", "\(remaining)"),
            ("x-ratelimit-reset-requests", "\(Int((resetSeconds * 1000).rounded(.up)))ms"),
        ]
    }

    /// As Anthropic says it, which gives the moment in whole seconds; `now` counts from 1970.
    func anthropicFields(now: Double) -> [(String, String)] {
        [
            ("anthropic-ratelimit-requests-limit", "\(limit)"),
            ("anthropic-ratelimit-requests-remaining", "\(remaining)"),
            ("anthropic-ratelimit-requests-reset", TimeText.utc((now + resetSeconds).rounded(.up))),
        ]
    }
}

/// Counts requests against a rate.
final class MockMeter: Sendable {
    private let rate: MockRate
    /// Protects how many are left, and when that was so.
    private let state: Mutex<(level: Double, at: ContinuousClock.Instant)>

    init(_ rate: MockRate) {
        self.rate = rate
        state = Mutex((Double(rate.requests), .now))
    }

    /// Counts a request, and says what is left behind it.
    func take(now: ContinuousClock.Instant = .now) -> MockAllowance {
        state.withLock { state in
            let perSecond = Double(rate.requests) / rate.seconds
            let elapsed = (now - state.at) / .seconds(1)
            var level = min(Double(rate.requests), state.level + max(0, elapsed) * perSecond)
            var refusedFor: Double?
            if level >= 1 { level -= 1 } else { refusedFor = (1 - level) / perSecond }
            state = (level, max(now, state.at))
            return MockAllowance(
                limit: rate.requests, remaining: Int(level), resetSeconds: (Double(rate.requests) - level) / perSecond,
                refusedFor: refusedFor)
        }
    }
}

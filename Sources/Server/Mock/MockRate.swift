public import Evaluation
import Models
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
}

/// Counts requests against a rate.
final class MockMeter: Sendable {
    private let rate: MockRate
    private let clock = SystemModelClock()
    /// Protects what is left.
    private let bucket: Mutex<TokenBucket>

    init(_ rate: MockRate) {
        self.rate = rate
        let capacity = Double(rate.requests)
        bucket = Mutex(
            TokenBucket(
                capacity: capacity, level: capacity, perSecond: capacity / rate.seconds, now: clock.monotonicSeconds))
    }

    /// Counts a request, and says what is left behind it.
    func take() -> MockAllowance {
        bucket.withLock { bucket in
            bucket.refill(now: clock.monotonicSeconds)
            let wait = bucket.secondsUntil(1)
            if wait == 0 { bucket.take(1) }
            return MockAllowance(
                limit: rate.requests, remaining: Int(bucket.level), resetSeconds: bucket.secondsUntil(bucket.capacity),
                refusedFor: wait == 0 ? nil : wait)
        }
    }
}

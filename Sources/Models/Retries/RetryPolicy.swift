public import Evaluation

/// How often and after what waits a failed call is repeated.
///
/// The waits grow exponentially and are drawn evenly from nothing up to their bound, so that callers who failed
/// together do not come back together. A wait that the server asks for is kept, up to a bound of its own.
public struct RetryPolicy: Sendable, Hashable {
    /// How often a call is repeated, the first attempt not counted.
    public var maximumRetries = 6
    /// The longest wait before the first repetition, in seconds.
    public var initialDelay = 1.0
    /// By how much the bound grows from wait to wait.
    public var multiplier = 2.0
    /// The longest wait of one's own, in seconds.
    public var maximumDelay = 60.0
    /// The longest wait that a server can ask for, in seconds.
    public var maximumServerDelay = 120.0

    /// Six repetitions, up to 1, 2, 4, … 32 seconds apart.
    public init() {}

    /// A policy with this many repetitions.
    public init(maximumRetries: Int) { self.maximumRetries = maximumRetries }

    /// How long to wait before repetition `number`, counted from 0; nil when the call is not to be repeated.
    public func delay(
        beforeRetry number: Int, after advice: RetryAdvice, using generator: inout some RandomNumberGenerator
    ) -> Double? {
        guard number < maximumRetries else { return nil }
        switch advice {
        case .never: return nil
        case .worthwhile:
            var bound = initialDelay
            for _ in 0..<number where bound < maximumDelay { bound *= multiplier }
            return draw(upTo: min(bound, maximumDelay), &generator)
        case .after(let wish):
            // Never before the server's time; a little later, so that not everyone comes at that very moment.
            let wait = min(max(0, wish.inSeconds), maximumServerDelay)
            return wait + draw(upTo: min(initialDelay, maximumDelay) / 4, &generator)
        }
    }

    private func draw(upTo bound: Double, _ generator: inout some RandomNumberGenerator) -> Double {
        bound > 0 ? Double.random(in: 0...bound, using: &generator) : 0
    }
}

import Evaluation

/// How often and after what waits a request is repeated.
public struct HubPace: Sendable {
    /// Waits; replaced in tests, which do not.
    public typealias Sleep = @Sendable (Duration) async throws -> Void

    /// How often a request is repeated, the first attempt not counted.
    public var maximumRetries = 5
    /// The wait before the first repetition; it doubles from one to the next.
    public var firstDelay: Duration = .seconds(1)
    /// The longest wait of one's own.
    public var longestDelay: Duration = .seconds(30)
    /// The longest wait that a server can ask for; one who asks for more is told to the user instead.
    public var longestServerDelay: Duration = .seconds(300)
    /// Waits.
    public var sleep: Sleep = { try await Task.sleep(for: $0) }

    /// Five repetitions, 1, 2, 4, 8 and 16 seconds apart.
    public init() {}

    /// How long to wait before repetition `number`, counted from 0; nil where there is to be none.
    ///
    /// A wait of one's own is drawn between half and the whole, so that many who failed together do not come back
    /// together.
    func delay(beforeRetry number: Int, after advice: RetryAdvice) -> Duration? {
        guard number < maximumRetries else { return nil }
        switch advice {
        case .never: return nil
        case .after(let wish): return wish <= longestServerDelay ? wish : nil
        case .worthwhile:
            let bound = min(firstDelay * (1 << min(number, 20)), longestDelay)
            return bound * Double.random(in: 0.5...1)
        }
    }
}

public import Evaluation
import Glibc

/// The time, and the way to wait for it, as retries and rate limits see them.
///
/// Injected, so that tests of waiting do not wait.
public protocol ModelClock: EpisodeClock {
    /// Waits this many seconds. Throws `CancellationError` at once when the task is cancelled.
    func sleep(seconds: Double) async throws
}

/// The machine's own clocks.
public struct SystemModelClock: ModelClock {
    /// Reads the machine's clocks.
    public init() {}

    /// Seconds of the machine's monotonic clock.
    public var monotonicSeconds: Double { seconds(of: CLOCK_MONOTONIC) }

    /// Seconds since 1970.
    public var wallSeconds: Double { seconds(of: CLOCK_REALTIME) }

    /// Waits without holding a thread.
    public func sleep(seconds: Double) async throws {
        try await Task.sleep(for: .bounded(seconds: seconds))
    }

    private func seconds(of clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

extension Duration {
    /// The duration in seconds.
    var inSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}

public import Evaluation
import Glibc

/// The machine's clocks.
public struct SystemClock: EpisodeClock {
    /// Reads the machine's clocks.
    public init() {}

    /// Seconds since the machine's start.
    public var monotonicSeconds: Double { Self.read(CLOCK_MONOTONIC) }

    /// Seconds since 1970.
    public var wallSeconds: Double { Self.read(CLOCK_REALTIME) }

    private static func read(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}

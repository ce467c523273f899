import Evaluation

/// When a session began, on both clocks.
///
/// How long it took is the monotonic clock's to say: the wall clock may be set while it goes on.
struct SessionStart: Sendable {
    /// Seconds since 1970.
    let wall: Double
    private let monotonic: Double

    init(_ clock: any EpisodeClock) {
        wall = clock.wallSeconds
        monotonic = clock.monotonicSeconds
    }

    /// The end in seconds since 1970, as far from the start as time has passed.
    func end(by clock: any EpisodeClock) -> Double { wall + max(0, clock.monotonicSeconds - monotonic) }
}

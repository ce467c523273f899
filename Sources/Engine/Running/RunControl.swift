import Evaluation

/// A handle with which a run that is under way can be asked to stop.
///
/// The first request lets what is in flight finish and begins nothing new; the second cancels what is in flight.
/// ``interrupt()`` may be called from anywhere, a signal's handler thread included, but not from a signal handler.
public final class RunControl: Sendable {
    private let count = Watched(0)

    /// A handle that was not used yet.
    public init() {}

    /// Asks the run to stop.
    public func interrupt() { count.change { $0 += 1 } }

    /// How often the run was asked to stop.
    public var requests: Int { count.read { $0 } }

    /// Returns when there were more requests than `seen`, or when the caller's task is cancelled.
    public func waitForRequest(after seen: Int) async { await count.wait { $0 > seen } }
}

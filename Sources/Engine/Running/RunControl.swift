import Synchronization

/// A handle with which a run that is under way can be asked to stop.
///
/// The first request lets what is in flight finish and begins nothing new; the second cancels what is in flight.
/// ``interrupt()`` may be called from anywhere, a signal's handler thread included, but not from a signal handler.
public final class RunControl: Sendable {
    private struct State {
        var requests = 0
        var nextWaiter = 0
        var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    /// Protects the number of requests and those who wait for the next one.
    private let state = Mutex(State())

    /// A handle that was not used yet.
    public init() {}

    /// Asks the run to stop.
    public func interrupt() {
        let waiters = state.withLock { state in
            state.requests += 1
            defer { state.waiters = [:] }
            return state.waiters.values
        }
        for waiter in waiters { waiter.resume() }
    }

    /// How often the run was asked to stop.
    public var requests: Int { state.withLock { $0.requests } }

    /// Returns when there were more requests than `seen`, or when the caller's task is cancelled.
    public func waitForRequest(after seen: Int) async {
        let number = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDue = state.withLock { state in
                    if state.requests > seen || Task.isCancelled { return true }
                    state.waiters[number] = continuation
                    return false
                }
                if isDue { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: number) }?.resume()
        }
    }
}

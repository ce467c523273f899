import Synchronization

/// A value that tasks change and wait on, each for what it wants of it.
///
/// ```swift
/// let open = Watched(0)
/// open.change { $0 += 1 }
/// await open.wait { $0 == 0 }
/// ```
public final class Watched<Value: Sendable>: Sendable {
    private struct Waiter {
        var isContent: @Sendable (Value) -> Bool
        var continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var value: Value
        var nextWaiter = 0
        var waiters: [Int: Waiter] = [:]
    }

    /// Protects the value and those who wait on it; they are resumed after it is released.
    private let state: Mutex<State>

    /// Watches a value from here on.
    public init(_ value: Value) { state = Mutex(State(value: value)) }

    /// Looks at the value; nobody changes it meanwhile.
    public func read<Result: Sendable>(_ body: (Value) -> Result) -> Result {
        state.withLock { body($0.value) }
    }

    /// Changes the value, and lets go of those who have what they wait for.
    public func change(_ body: (inout Value) -> Void) {
        let content = state.withLock { state in
            body(&state.value)
            let content = state.waiters.filter { $0.value.isContent(state.value) }
            for number in content.keys { state.waiters[number] = nil }
            return content.values.map(\.continuation)
        }
        for continuation in content { continuation.resume() }
    }

    /// Returns when the value is as wanted, or when the caller's task is cancelled.
    ///
    /// The value may have changed again when the caller goes on.
    public func wait(until isContent: @escaping @Sendable (Value) -> Bool) async {
        let number = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDue = state.withLock { state in
                    // Cancelled before this point the task knows it; cancelled after it, the handler finds the waiter.
                    if isContent(state.value) || Task.isCancelled { return true }
                    state.waiters[number] = Waiter(isContent: isContent, continuation: continuation)
                    return false
                }
                if isDue { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: number) }?.continuation.resume()
        }
    }
}

import Synchronization

/// Something that happens once; tasks wait for it, any thread reports it.
final class Signal<Value: Sendable>: Sendable {
    private struct State {
        var value: Value?
        var waiters: [CheckedContinuation<Value, any Error>] = []
    }

    private let state = Mutex(State())

    func fire(_ value: Value) {
        let waiters = state.withLock { state in
            state.value = state.value ?? value
            return Self.takeWaiters(&state)
        }
        for waiter in waiters { waiter.resume(returning: value) }
    }

    /// Fails when the task is cancelled, so that a test which waits in vain ends at its time limit.
    func wait() async throws -> Value {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let known: Result<Value, any Error>? = state.withLock { state in
                    if let value = state.value { return .success(value) }
                    if Task.isCancelled { return .failure(CancellationError()) }
                    state.waiters.append(continuation)
                    return nil
                }
                if let known { continuation.resume(with: known) }
            }
        } onCancel: {
            let waiters = state.withLock { Self.takeWaiters(&$0) }
            for waiter in waiters { waiter.resume(throwing: CancellationError()) }
        }
    }

    private static func takeWaiters(_ state: inout State) -> [CheckedContinuation<Value, any Error>] {
        defer { state.waiters = [] }
        return state.waiters
    }
}

extension Signal<Void> {
    func fire() { fire(()) }
}

import Synchronization

/// A number of places that tasks take and give back; who finds none waits in line.
final class AsyncSemaphore: Sendable {
    private struct State {
        var free: Int
        var nextTicket = 0
        /// Those who wait, by ticket; the lowest ticket came first.
        var waiting: [Int: CheckedContinuation<Bool, Never>] = [:]
    }

    /// Protects the free places and the line.
    private let state: Mutex<State>

    init(_ places: Int) { state = Mutex(State(free: places)) }

    /// Takes a place, waiting for one if need be.
    ///
    /// Throws `CancellationError`, with no place taken, when the caller's task is cancelled while it waits.
    func acquire() async throws {
        let ticket = state.withLock { state -> Int? in
            if state.free > 0, state.waiting.isEmpty {
                state.free -= 1
                return nil
            }
            state.nextTicket += 1
            return state.nextTicket
        }
        guard let ticket else { return }
        let hasPlace = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer = state.withLock { state -> Bool? in
                    if state.free > 0, state.waiting.isEmpty {
                        state.free -= 1
                        return true
                    }
                    if Task.isCancelled { return false }
                    state.waiting[ticket] = continuation
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: ticket) }?.resume(returning: false)
        }
        guard hasPlace else { throw CancellationError() }
    }

    /// Gives a place back, to the one who waits longest.
    func release() {
        let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            guard let first = state.waiting.keys.min() else {
                state.free += 1
                return nil
            }
            return state.waiting.removeValue(forKey: first)
        }
        next?.resume(returning: true)
    }
}

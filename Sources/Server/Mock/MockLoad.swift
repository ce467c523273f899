import Synchronization

/// What the mock server can work on at a time.
final class MockLoad: Sendable {
    private struct State {
        var working = 0
        var line: [CheckedContinuation<Void, Never>] = []
    }

    private let capacity: Int?
    private let workers: Int?
    /// Protects the count of requests at work and the line of those that wait.
    private let state = Mutex(State())

    init(capacity: Int?, workers: Int?) {
        self.capacity = capacity
        self.workers = workers
    }

    /// Begins work, after those that came before; false when there is too much to do already.
    func begin() async -> Bool {
        guard let workers else {
            return state.withLock { state in
                guard state.working < capacity ?? .max else { return false }
                state.working += 1
                return true
            }
        }
        let isRefused = state.withLock { state in
            state.working + state.line.count >= capacity ?? .max
        }
        guard !isRefused else { return false }
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                if state.working < workers {
                    state.working += 1
                    return true
                }
                state.line.append(continuation)
                return false
            }
            if isFree { continuation.resume() }
        }
        return true
    }

    /// Ends work; the next in line begins.
    func end() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard !state.line.isEmpty else {
                state.working -= 1
                return nil
            }
            return state.line.removeFirst()
        }
        next?.resume()
    }
}

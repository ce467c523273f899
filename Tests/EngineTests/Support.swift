import Synchronization

/// Counts calls from many tasks.
final class CallCounter: Sendable {
    private let calls = Atomic(0)

    /// How many calls there were.
    var count: Int { calls.load(ordering: .relaxed) }

    /// Counts a call and returns how many there were before.
    func next() -> Int { calls.add(1, ordering: .relaxed).oldValue }
}

/// Keeps the last value that was set.
final class LatestValue<Value: Sendable>: Sendable {
    /// Protects the value.
    private let state = Mutex<Value?>(nil)

    var value: Value? { state.withLock { $0 } }

    func set(_ value: Value) { state.withLock { $0 = value } }
}

/// Counts how many of something live at once.
final class LiveGauge: Sendable {
    /// Protects both counts.
    private let state = Mutex((now: 0, most: 0))

    var most: Int { state.withLock { $0.most } }
    var now: Int { state.withLock { $0.now } }

    func enter() {
        state.withLock { state in
            state.now += 1
            state.most = max(state.most, state.now)
        }
    }

    func leave() { state.withLock { $0.now -= 1 } }
}

/// A token whose life is counted by a gauge.
final class LiveToken: Sendable {
    private let gauge: LiveGauge

    init(_ gauge: LiveGauge) {
        self.gauge = gauge
        gauge.enter()
    }

    deinit { gauge.leave() }
}

/// A door that tasks wait at until it is opened.
final class Gate: Sendable {
    private struct State {
        var isOpen = false
        var waiting: [CheckedContinuation<Void, Never>] = []
        var arrivals = 0
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    /// Protects who waits.
    private let state = Mutex(State())

    /// Waits until the door is open; cancellation opens it for nobody.
    func pass() async {
        await withCheckedContinuation { continuation in
            let (passes, due) = state.withLock { state -> (Bool, [CheckedContinuation<Void, Never>]) in
                state.arrivals += 1
                let due = state.watchers.filter { $0.count <= state.arrivals }.map(\.continuation)
                state.watchers.removeAll { $0.count <= state.arrivals }
                if !state.isOpen { state.waiting.append(continuation) }
                return (state.isOpen, due)
            }
            for watcher in due { watcher.resume() }
            if passes { continuation.resume() }
        }
    }

    /// Waits until so many tasks have come to the door.
    func waitForArrivals(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isDue = state.withLock { state in
                if state.arrivals >= count { return true }
                state.watchers.append((count, continuation))
                return false
            }
            if isDue { continuation.resume() }
        }
    }

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for task in waiting { task.resume() }
    }
}

/// Keeps the largest value seen.
final class LatestLargest: Sendable {
    private let largest = Atomic(Int.min)

    var value: Int { largest.load(ordering: .relaxed) }

    func see(_ value: Int) { _ = largest.max(value, ordering: .relaxed) }
}

/// Cancels a session of a run after so many steps of its agent.
final class SessionCut: Sendable {
    /// Protects how many steps are left, and the task to cancel then.
    private let state = Mutex((left: Int.max, cancel: (@Sendable () -> Void)?.none))

    /// Runs a session in a task of its own, which is cancelled at its `count`th step, or at once for 0.
    func run<Value: Sendable>(
        after count: Int, _ session: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let task = Task { try await session() }
        let isDue = state.withLock { state in
            state = (count, { task.cancel() })
            return count == 0
        }
        if isDue { task.cancel() }
        return try await task.value
    }

    func step() {
        let cancel = state.withLock { state -> (@Sendable () -> Void)? in
            if state.left != .max { state.left -= 1 }
            return state.left == 0 ? state.cancel : nil
        }
        cancel?()
    }
}

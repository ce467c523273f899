import Evaluation
import Models
import Synchronization

/// A clock on which waiting takes no time: each wait is noted and time jumps.
final class SkippingClock: ModelClock {
    private let state = Mutex<(now: Double, waits: [Double])>((1000, []))

    var monotonicSeconds: Double { state.withLock(\.now) }
    var wallSeconds: Double { 784_111_777 + monotonicSeconds - 1000 }
    var waits: [Double] { state.withLock(\.waits) }

    func sleep(seconds: Double) async throws {
        try Task.checkCancellation()
        state.withLock { state in
            state.now += seconds
            state.waits.append(seconds)
        }
    }
}

/// A clock that stands still until a test moves it.
final class ManualClock: ModelClock {
    private struct Sleeper {
        var until: Double
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now = 0.0
        var next = 0
        var sleepers: [Int: Sleeper] = [:]
        var cancelled: Set<Int> = []
    }

    private let state = Mutex(State())

    var monotonicSeconds: Double { state.withLock(\.now) }
    var wallSeconds: Double { monotonicSeconds }
    var sleeperCount: Int { state.withLock(\.sleepers.count) }

    func sleep(seconds: Double) async throws {
        let id = state.withLock { state in
            state.next += 1
            return state.next
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isCancelled = state.withLock { state in
                    if state.cancelled.contains(id) { return true }
                    state.sleepers[id] = Sleeper(until: state.now + seconds, continuation: continuation)
                    return false
                }
                if isCancelled { continuation.resume(throwing: CancellationError()) }
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                state.cancelled.insert(id)
                return state.sleepers.removeValue(forKey: id)
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    func advance(by seconds: Double) {
        let due = state.withLock { state in
            state.now += seconds
            let due = state.sleepers.filter { $0.value.until <= state.now + 1e-9 }
            for id in due.keys { state.sleepers[id] = nil }
            return due.values.map(\.continuation)
        }
        for continuation in due { continuation.resume() }
    }
}

/// Waits until something is so, giving other tasks their turns; false if it never is.
func eventually(_ condition: () -> Bool) async -> Bool {
    for _ in 0..<100_000 {
        if condition() { return true }
        await Task.yield()
    }
    return condition()
}

/// Waits for something that happens outside of this process's tasks, which takes real time; false after two minutes.
func eventuallyInRealTime(_ condition: () -> Bool) async -> Bool {
    let clock = SystemModelClock()
    let end = clock.monotonicSeconds + 120
    while !condition() {
        if clock.monotonicSeconds > end { return false }
        try? await clock.sleep(seconds: 0.001)  // cancelled or not, the time limit ends the loop
    }
    return true
}

import Threads

/// The lines that a child has written and nobody has read yet, bounded; shared by the reactor and the readers.
final class LineWindow: Sendable {
    private struct State {
        var buffer = LineBuffer()
        var isFinished = false
        var writerIsPaused = false
        var waiters: [CheckedContinuation<Void, Never>] = []
        /// Grows with every change that a waiting reader must hear of.
        var generation = 0
    }

    private enum Step {
        case line([UInt8], mayResume: Bool)
        case end
        case tooLong
        case wait(generation: Int)
    }

    // Protects the bytes and those who wait for them; they are resumed after it is released.
    private let state = Lock(State())
    let maximumLineBytes: Int

    init(maximumLineBytes: Int) {
        self.maximumLineBytes = maximumLineBytes
    }

    // The reactor's side.

    /// Takes bytes; false if the writer has to pause until it is resumed.
    func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let (waiters, wantsMore) = state.withLock { state in
            state.buffer.append(bytes)
            // One longest line must fit, else its end would never be read.
            state.writerIsPaused = state.buffer.unreadBytes > maximumLineBytes + (1 << 16)
            return (Self.takeWaiters(&state), !state.writerIsPaused)
        }
        for waiter in waiters { waiter.resume() }
        return wantsMore
    }

    func finish() {
        let waiters = state.withLock { state in
            state.isFinished = true
            return Self.takeWaiters(&state)
        }
        for waiter in waiters { waiter.resume() }
    }

    // The readers' side.

    /// The next line, or nil after the last; fails if a line is too long or the task is cancelled.
    func next(resumeWriter: () -> Void) async throws(ProcessError) -> [UInt8]? {
        while true {
            switch state.withLock(step) {
            case .line(let line, let mayResume):
                if mayResume { resumeWriter() }
                return line
            case .end: return nil
            case .tooLong:
                throw ProcessError(.outputLimit, "a line has more than the \(maximumLineBytes) bytes allowed")
            case .wait(let generation):
                guard !Task.isCancelled else { throw ProcessError(.cancelled, "reading a line was cancelled") }
                await waitForChange(since: generation)
            }
        }
    }

    private func step(_ state: inout State) -> Step {
        if let line = state.buffer.next(atEnd: state.isFinished) {
            guard line.count <= maximumLineBytes else { return .tooLong }
            let mayResume = state.writerIsPaused && state.buffer.unreadBytes <= maximumLineBytes
            if mayResume { state.writerIsPaused = false }
            return .line(line, mayResume: mayResume)
        }
        if state.buffer.unreadBytes > maximumLineBytes { return .tooLong }
        return state.isFinished ? .end : .wait(generation: state.generation)
    }

    private func waitForChange(since generation: Int) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let mustWait = state.withLock { state in
                    // Cancelled before this point the task knows it; cancelled after it, the handler finds the waiter.
                    guard state.generation == generation, !Task.isCancelled else { return false }
                    state.waiters.append(continuation)
                    return true
                }
                if !mustWait { continuation.resume() }
            }
        } onCancel: {
            let waiters = state.withLock { Self.takeWaiters(&$0) }
            for waiter in waiters { waiter.resume() }
        }
    }

    private static func takeWaiters(_ state: inout State) -> [CheckedContinuation<Void, Never>] {
        state.generation += 1
        let waiters = state.waiters
        state.waiters = []
        return waiters
    }
}

import Threads

/// What a stream has received and its reader has not read yet, bounded; shared by the loop thread and one reader.
final class StreamWindow: Sendable {
    private struct State {
        var head: HTTPStream.Head?
        var headWaiter: CheckedContinuation<Result<HTTPStream.Head, HTTPError>, Never>?
        var unread: [UInt8] = []
        var chunkWaiter: CheckedContinuation<Result<[UInt8]?, HTTPError>, Never>?
        var isFinished = false
        var failure: HTTPError?
        var writerIsPaused = false
    }

    // Protects everything that the two sides exchange; continuations are resumed after it is released.
    private let state = Lock(State())
    private let capacity: Int
    private let resumeWriter: @Sendable () -> Void

    /// - Parameters:
    ///   - capacity: the number of unread bytes at which the writer has to pause.
    ///   - resumeWriter: called when a paused writer may go on.
    init(capacity: Int, resumeWriter: @escaping @Sendable () -> Void) {
        self.capacity = capacity
        self.resumeWriter = resumeWriter
    }

    var isFinished: Bool { state.withLock(\.isFinished) }

    // The loop thread's side.

    func deliver(_ head: HTTPStream.Head) {
        let waiter = state.withLock { state in
            state.head = head
            return state.headWaiter.take()
        }
        waiter?.resume(returning: .success(head))
    }

    /// Takes a piece of the body, or returns false if the writer has to pause and offer it again.
    func offer(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var waiter: CheckedContinuation<Result<[UInt8]?, HTTPError>, Never>?
        let isTaken = state.withLock { state in
            if let waiting = state.chunkWaiter.take() {
                waiter = waiting
                return true
            }
            guard state.unread.count < capacity else {
                state.writerIsPaused = true
                return false
            }
            state.unread.append(contentsOf: bytes)
            return true
        }
        waiter?.resume(returning: .success(Array(bytes)))
        return isTaken
    }

    /// Ends the stream; what is unread can still be read unless it failed.
    func finish(_ failure: HTTPError?) {
        let (headWaiter, chunkWaiter) = state.withLock { state in
            state.isFinished = true
            let waiters = (state.headWaiter.take(), state.chunkWaiter.take())
            // A reader that waits is told now; one that comes later finds it.
            state.failure = waiters.1 == nil ? failure : nil
            return waiters
        }
        if let failure { headWaiter?.resume(returning: .failure(failure)) }
        chunkWaiter?.resume(returning: failure.map { .failure($0) } ?? .success(nil))
    }

    // The reader's side.

    func head() async -> Result<HTTPStream.Head, HTTPError> {
        await withCheckedContinuation { continuation in
            let known: Result<HTTPStream.Head, HTTPError>? = state.withLock { state in
                if let head = state.head { return .success(head) }
                if let failure = state.failure { return .failure(failure) }
                state.headWaiter = continuation
                return nil
            }
            if let known { continuation.resume(returning: known) }
        }
    }

    /// All that is unread, or what comes next; nil at the end.
    ///
    /// A failure is reported once, after what came before it.
    func next() async -> Result<[UInt8]?, HTTPError> {
        await withCheckedContinuation { continuation in
            var mayResume = false
            let known: Result<[UInt8]?, HTTPError>? = state.withLock { state in
                if !state.unread.isEmpty {
                    let bytes = state.unread
                    state.unread = []
                    mayResume = state.writerIsPaused
                    state.writerIsPaused = false
                    return .success(bytes)
                }
                if let failure = state.failure.take() { return .failure(failure) }
                if state.isFinished { return .success(nil) }
                if state.chunkWaiter != nil {
                    return .failure(HTTPError(.other, "a stream has one reader at a time", url: ""))
                }
                state.chunkWaiter = continuation
                return nil
            }
            if mayResume { resumeWriter() }
            if let known { continuation.resume(returning: known) }
        }
    }
}

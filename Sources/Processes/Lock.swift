import Glibc

/// A value behind a mutex of the operating system.
///
/// `Synchronization.Mutex` would do, but the thread sanitizer does not see its contended path and reports races that are none;
/// it understands `pthread_mutex_t`.
// @unchecked: `state` is read and written only in `withLock`, between lock and unlock of `mutex`, and is itself Sendable.
final class Lock<State: Sendable>: @unchecked Sendable {
    private var state: State
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>

    init(_ state: State) {
        self.state = state
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        pthread_mutex_init(mutex, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// Runs the body with exclusive access; the body must not block and must not take the lock again.
    func withLock<Result>(_ body: (inout State) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body(&state)
    }
}

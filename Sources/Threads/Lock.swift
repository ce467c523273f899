public import Glibc

// @unchecked: `state` is read and written only in `withLock`, between lock and unlock of `mutex`, and is itself Sendable.

/// A value behind a mutex of the operating system.
///
/// `Synchronization.Mutex` would do, but the thread sanitizer does not see its contended path and reports races that are none;
/// it understands `pthread_mutex_t`.
public final class Lock<State: Sendable>: @unchecked Sendable {
    @usableFromInline var state: State
    @usableFromInline let mutex: UnsafeMutablePointer<pthread_mutex_t>

    /// Puts a value behind a mutex.
    public init(_ state: State) {
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
    ///
    /// Inlinable, because it stands in the hot path of other rooms.
    @inlinable
    public func withLock<Result>(_ body: (inout State) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body(&state)
    }
}

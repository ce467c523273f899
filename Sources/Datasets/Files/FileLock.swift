import Evaluation
import Glibc

/// A lock that other processes respect, held until it is released.
///
/// The operating system gives it up when the process ends, however it ends.
struct FileLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock, waiting for whoever has it; `pause` is called between the attempts.
    static func take(
        _ path: String, pause: @Sendable (Duration) async throws -> Void
    ) async throws -> FileLock {
        try DatasetFiles.makeDirectory(DatasetFiles.parent(of: path))
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else { throw DatasetFiles.system("lock", path) }
        do {
            while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
                let number = errno
                guard number == EWOULDBLOCK || number == EINTR else {
                    throw DatasetFiles.system("lock", path, number: number)
                }
                try Task.checkCancellation()
                try await pause(.milliseconds(200))
            }
        } catch {
            close(descriptor)
            throw error
        }
        return FileLock(descriptor: descriptor)
    }

    /// Gives the lock up; called once.
    func release() { close(descriptor) }
}

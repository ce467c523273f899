import Evaluation
import Glibc

/// Keeps a second process out of a run directory while this value lives.
///
/// The lock is `flock` on a file that names the holder; the kernel releases it when the process ends, however it ends.
final class RunLock: Sendable {
    private let path: String
    private let descriptor: Int32

    /// Takes the lock, or throws an error that names the process which holds it.
    init(path: String) throws(EvaluationError) {
        self.path = path
        while true {
            let descriptor = try FileSystem.open(path, O_RDWR | O_CREAT)
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                let number = errno
                let holder = Self.holder(descriptor).map { "pid \($0)" } ?? "pid unknown"
                close(descriptor)
                guard number == EWOULDBLOCK else { throw StorageFailure.system("lock", path, number: number) }
                throw StorageFailure.request(
                    "another gage process (\(holder)) works in this run directory",
                    advice: "wait until it is done, or give this run another --run-id")
            }
            // The last holder may have removed the file between opening and locking: then this lock guards nothing.
            if Self.isSameFile(descriptor, path) {
                self.descriptor = descriptor
                break
            }
            close(descriptor)
        }
        ftruncate(descriptor, 0)
        do {
            try FileSystem.write(Array("\(getpid())\n".utf8), to: descriptor, path: path)
        } catch {
            close(descriptor)
            throw error
        }
    }

    deinit {
        // Removed while it is still locked, so that nobody else's file is removed.
        unlink(path)
        close(descriptor)
    }

    /// The process that a lock's file names.
    private static func holder(_ descriptor: Int32) -> Int32? {
        var buffer = [UInt8](repeating: 0, count: 32)
        let count = pread(descriptor, &buffer, buffer.count, 0)
        let text = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
        return Int32(text.prefix { $0.isNumber })
    }

    /// Whether the file at a path names another process, and that one lives.
    static func isHeldByAnotherProcess(_ path: String) -> Bool {
        livingHolder(path).map { $0 != getpid() } ?? false
    }

    /// The process that holds the lock of the file at a path; nil when nobody does.
    ///
    /// The lock itself is not tried, since that would keep out a process that begins at this moment.
    static func livingHolder(_ path: String) -> Int32? {
        // Without such a file nobody holds it.
        guard let descriptor = try? FileSystem.open(path, O_RDONLY) else { return nil }
        defer { close(descriptor) }
        guard let holder = holder(descriptor), kill(holder, 0) == 0 || errno == EPERM else { return nil }
        return holdsNoLock(holder) ? nil : holder
    }

    /// Whether the kernel's list of locks shows that a process holds none: another one has its number by now.
    private static func holdsNoLock(_ process: Int32) -> Bool {
        // Without the list the number alone has to do.
        guard let bytes = try? FileSystem.read("/proc/locks", limit: 16 << 20) else { return false }
        return !String(decoding: bytes, as: UTF8.self).split(separator: "\n").contains { line in
            let words = line.split(separator: " ")
            return words.count > 4 && words.contains("FLOCK") && words.contains("\(process)")
        }
    }

    private static func isSameFile(_ descriptor: Int32, _ path: String) -> Bool {
        var held = stat()
        var named = stat()
        return fstat(descriptor, &held) == 0 && stat(path, &named) == 0
            && held.st_ino == named.st_ino && held.st_dev == named.st_dev
    }
}

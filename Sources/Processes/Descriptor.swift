import CProcesses
import Glibc

/// A file descriptor that is closed when nobody holds it any more.
///
/// It is above 2, so that it can be given to a child as any of the standard three, and is closed when a program is executed.
final class Descriptor: Sendable {
    let number: Int32

    /// Takes over an open descriptor, or returns nil with `errno` set for a negative one.
    init?(owning number: Int32) {
        guard number >= 0 else { return nil }
        guard number <= 2 else {
            self.number = number
            return
        }
        // Only a process that was started without its standard descriptors gets here.
        self.number = fcntl(number, F_DUPFD_CLOEXEC, 3)
        close(number)
        guard self.number >= 0 else { return nil }
    }

    deinit {
        if number >= 0 { close(number) }
    }

    static func nullDevice() -> Descriptor? {
        Descriptor(owning: open("/dev/null", O_RDONLY | O_CLOEXEC))
    }

    static func pipe() -> (reading: Descriptor, writing: Descriptor)? {
        var ends: [Int32] = [-1, -1]
        guard gage_pipe(&ends) == 0 else { return nil }
        let reading = Descriptor(owning: ends[0])
        let writing = Descriptor(owning: ends[1])
        guard let reading, let writing else { return nil }
        return (reading, writing)
    }

    /// Makes reads and writes through this end return at once.
    func makeNonBlocking() {
        _ = fcntl(number, F_SETFL, fcntl(number, F_GETFL) | O_NONBLOCK)
    }
}

/// What the system says of the last call that failed.
func lastSystemError() -> String {
    String(cString: strerror(errno))
}

import Evaluation
import Glibc

/// A port that a server of this process may listen on, and no server of another gage process on this machine.
///
/// Asking the kernel for a free port and giving it back before the server takes it is a race that many workers on one
/// machine lose: a run would then talk to another run's server. So ports are taken from below those that the kernel
/// gives to connections, and each is held by a locked file, which is free again when this process ends however it ends.
final class ServerPort: Sendable {
    private static let range = 20_000..<30_000
    private static let attempts = 500

    /// The port's number.
    let number: Int
    private let path: String
    private let descriptor: Int32

    /// Reserves a free port.
    ///
    /// Throws ``EvaluationError``, cause `gage`, when none is found.
    static func reserve(on host: String) throws(EvaluationError) -> ServerPort {
        for _ in 0..<attempts {
            guard let port = lock(Int.random(in: range)), isFree(port.number, on: host) else { continue }
            return port
        }
        throw EvaluationError(
            .unexpected, "no free port was found between \(range.lowerBound) and \(range.upperBound)", cause: .gage,
            advice: "give the server a port")
    }

    /// Makes sure that nobody listens on a port, since the run would talk to whoever does.
    static func check(_ number: Int, on host: String) throws(EvaluationError) {
        guard !isFree(number, on: host) else { return }
        throw EvaluationError(
            .configurationInvalid,
            "the model server cannot listen on \(host):\(number): \(String(cString: strerror(errno)))",
            cause: .configuration, advice: "leave 'port' out to take a free one")
    }

    private init(number: Int, path: String, locked descriptor: Int32) {
        self.number = number
        self.path = path
        self.descriptor = descriptor
    }

    /// Locks the file of a port; nil while another process holds it, or when it is another user's.
    private static func lock(_ number: Int) -> ServerPort? {
        let path = "/tmp/gage-port-\(number).lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return nil }
        var held = stat()
        var named = stat()
        // The last holder may have removed the file between opening and locking: then this lock guards nothing.
        let isHeld =
            flock(descriptor, LOCK_EX | LOCK_NB) == 0 && fstat(descriptor, &held) == 0 && stat(path, &named) == 0
            && held.st_ino == named.st_ino && held.st_dev == named.st_dev
        guard isHeld else {
            close(descriptor)
            return nil
        }
        return ServerPort(number: number, path: path, locked: descriptor)
    }

    deinit {
        // Removed while it is still locked, so that nobody else's file is removed.
        unlink(path)
        close(descriptor)
    }

    /// Whether a port can be listened on; taken to be so for addresses other than IPv4 ones.
    private static func isFree(_ port: Int, on host: String) -> Bool {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(truncatingIfNeeded: port)).bigEndian
        guard inet_pton(AF_INET, host == "localhost" ? "127.0.0.1" : host, &address.sin_addr) == 1 else { return true }
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                Glibc.bind(descriptor, address, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}

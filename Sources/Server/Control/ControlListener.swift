import Evaluation
import Glibc
import Threads

/// Listens on a Unix socket that nobody but its owner can reach, and gives those who connect.
///
/// One thread accepts and reads, which is all that a control socket needs, and costs a run nothing while nobody asks.
final class ControlListener: Sendable {
    private let descriptor: Int32
    private let path: String
    private let identity: FileIdentity

    /// A file, whatever it is called.
    private struct FileIdentity: Sendable, Hashable {
        var device: UInt64
        var number: UInt64

        init?(_ path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            (device, number) = (UInt64(status.st_dev), UInt64(status.st_ino))
        }
    }

    /// Makes the socket at a path where nothing is.
    ///
    /// Throws a ``ControlSocketFailure`` when the path is too long or the file system has no sockets.
    init(path: String) throws(ControlSocketFailure) {
        guard var address = Self.address(path) else { throw ControlSocketFailure(path: path, number: ENAMETOOLONG) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw ControlSocketFailure(path: path, number: errno) }
        // Before the socket has a name, so that there is no moment at which others could connect.
        fchmod(descriptor, 0o600)
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let isBound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) == 0 }
        }
        guard isBound, listen(descriptor, 16) == 0, let identity = FileIdentity(path) else {
            let number = errno
            close(descriptor)
            throw ControlSocketFailure(path: path, number: number)
        }
        // Where the kernel does not take the mode of the socket for that of its file.
        chmod(path, 0o600)
        (self.descriptor, self.path, self.identity) = (descriptor, path, identity)
    }

    /// Those who connect, until ``stop()``; the socket is closed then.
    func connections() -> AsyncStream<(ControlConnection, ControlConnection.Request)> {
        let descriptor = descriptor
        let (stream, continuation) = AsyncStream.makeStream(
            of: (ControlConnection, ControlConnection.Request).self, bufferingPolicy: .bufferingOldest(64))
        let isStarted = startThread {
            while let connection = Self.accept(on: descriptor) {
                guard connection.isOwners else { continue }
                guard let request = connection.readRequest() else {
                    connection.answer(status: 400, APIProblem(400, "bad_request", "this is no request").json)
                    continue
                }
                continuation.yield((connection, request))
            }
            close(descriptor)
            continuation.finish()
        }
        if !isStarted {
            close(descriptor)
            continuation.finish()
        }
        return stream
    }

    /// Stops listening and removes the socket's file, if it is still this socket's.
    func stop() {
        if FileIdentity(path) == identity { unlink(path) }
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    private static func accept(on descriptor: Int32) -> ControlConnection? {
        while true {
            let client = Glibc.accept(descriptor, nil, nil)
            if client >= 0 {
                _ = fcntl(client, F_SETFD, FD_CLOEXEC)
                return ControlConnection(descriptor: client)
            }
            switch errno {
            case EINTR, ECONNABORTED: continue
            case EMFILE, ENFILE, ENOMEM, ENOBUFS: usleep(100_000)
            // The socket was shut down.
            default: return nil
            }
        }
    }

    private static func address(_ path: String) -> sockaddr_un? {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return address
    }
}

/// Why there is no control socket at a path.
struct ControlSocketFailure: Error {
    let path: String
    /// The operating system's number of the error.
    let number: Int32

    /// The failure as people are told.
    var message: String { "cannot listen on \(path): \(String(cString: strerror(number)))" }
}

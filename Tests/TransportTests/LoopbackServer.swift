import Glibc
import Synchronization

/// An HTTP server on raw sockets, one thread per connection, whose handler may misbehave in any way it likes.
final class LoopbackServer: Sendable {
    typealias Handler = @Sendable (LoopbackConnection) -> Void

    enum Address {
        case loopback
        case unixSocket(path: String)
    }

    let port: UInt16
    private let listener: Int32
    private let accepted = Atomic<Int>(0)

    /// How many connections there have been.
    var connectionCount: Int { accepted.load(ordering: .acquiring) }

    /// Starts to listen; the handler is called once for each connection and the connection is closed after it.
    init(_ address: Address = .loopback, handler: @escaping Handler) throws {
        (listener, port) = try Self.listen(at: address)
        startThread { [self] in
            while true {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0 else { return }
                // A program that another test starts must not keep the connection open.
                _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
                accepted.add(1, ordering: .acquiringAndReleasing)
                startThread {
                    let connection = LoopbackConnection(descriptor)
                    handler(connection)
                    connection.close()
                }
            }
        }
    }

    /// A server that answers each request on a connection with what the closure returns.
    static func answering(_ answer: @escaping @Sendable (LoopbackRequest) -> String) throws -> LoopbackServer {
        try LoopbackServer { connection in
            while let request = connection.readRequest() { connection.send(answer(request)) }
        }
    }

    func url(_ path: String = "/") -> String { "http://127.0.0.1:\(port)\(path)" }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
    }

    /// A port that refuses connections: bound, so that no one else gets it, and not listening.
    static func refusingPort() throws -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        return try bindLoopback(descriptor)
    }

    private static func listen(at address: Address) throws -> (Int32, UInt16) {
        switch address {
        case .loopback:
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            let port = try bindLoopback(descriptor)
            guard Glibc.listen(descriptor, 1024) == 0 else { throw SystemFailure() }
            return (descriptor, port)
        case .unixSocket(let path):
            let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            // The C library's module has no `sockaddr_un`: a family, and a path that ends with a zero.
            var address = [UInt8](repeating: 0, count: 110)
            withUnsafeBytes(of: sa_family_t(AF_UNIX)) { address.replaceSubrange(0..<2, with: $0) }
            address.replaceSubrange(2..<(2 + path.utf8.count), with: path.utf8)
            try address.withUnsafeBytes { bytes in
                try bind(descriptor, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress, bytes.count)
            }
            guard Glibc.listen(descriptor, 1024) == 0 else { throw SystemFailure() }
            return (descriptor, 0)
        }
    }

    private static func bindLoopback(_ descriptor: Int32) throws -> UInt16 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        try withUnsafePointer(to: address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                try bind(descriptor, $0, MemoryLayout<sockaddr_in>.size)
            }
        }
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        guard result == 0 else { throw SystemFailure() }
        return UInt16(bigEndian: address.sin_port)
    }

    private static func bind(_ descriptor: Int32, _ address: UnsafePointer<sockaddr>?, _ length: Int) throws {
        guard Glibc.bind(descriptor, address, socklen_t(length)) == 0 else { throw SystemFailure() }
    }
}

/// A system call failed; carries its `errno`.
struct SystemFailure: Error {
    let number = errno
}

/// Runs the body on a thread of its own.
func startThread(_ body: @escaping @Sendable () -> Void) {
    final class Box: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    let context = Unmanaged.passRetained(Box(body)).toOpaque()
    pthread_create(
        &thread, nil,
        { context in
            if let context { Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body() }
            return nil
        }, context)
    pthread_detach(thread)
}

func removeFile(_ path: String) {
    unlink(path)
}

func setVariable(_ name: String, _ value: String) {
    setenv(name, value, 1)
}

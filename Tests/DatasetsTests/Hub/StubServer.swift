import Glibc
import Synchronization

/// A request as the server read it.
struct StubRequest: Sendable {
    var target = ""
    var headers: [String: String] = [:]

    /// The path without the query.
    var path: String { String(target.prefix { $0 != "?" }) }

    /// A value of the query.
    func query(_ name: String) -> String? {
        let pairs = target.drop { $0 != "?" }.dropFirst().split(separator: "&")
        return pairs.first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
    }

    /// The first byte that a `Range` field asks for.
    var rangeStart: Int? {
        headers["range"].flatMap { $0.hasPrefix("bytes=") ? Int($0.dropFirst(6).dropLast()) : nil }
    }
}

/// What the server answers.
struct StubAnswer: Sendable {
    var status = 200
    var headers: [(String, String)] = []
    var body: [UInt8] = []
    /// After so many bytes of the body the connection is closed.
    var cutAfter: Int?

    init(_ status: Int = 200, _ body: String = "", headers: [(String, String)] = []) {
        self.status = status
        self.body = Array(body.utf8)
        self.headers = headers
    }
}

/// An HTTP server on raw sockets, one thread for each connection, that keeps what it was asked.
final class StubServer: Sendable {
    typealias Handler = @Sendable (StubRequest, Int) -> StubAnswer

    let port: UInt16
    private let listener: Int32
    /// The lock protects the requests so far.
    private let asked = Mutex<[StubRequest]>([])

    var requests: [StubRequest] { asked.withLock { $0 } }
    var url: String { "http://127.0.0.1:\(port)" }

    /// Starts to listen; the handler gets each request and its number, counted from 0.
    init(_ handler: @escaping Handler) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = listener
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) == 0 && listen(descriptor, 64) == 0
                    && getsockname(descriptor, address, &length) == 0
            }
        }
        guard status else { throw StubFailure() }
        port = UInt16(bigEndian: address.sin_port)
        Self.onThread { [self] in
            while case let connection = accept(listener, nil, nil), connection >= 0 {
                _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
                Self.onThread { [self] in
                    serve(connection, handler)
                    close(connection)
                }
            }
        }
    }

    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    private func serve(_ connection: Int32, _ handler: Handler) {
        while let request = Self.read(connection) {
            let number = asked.withLock { asked in
                asked.append(request)
                return asked.count - 1
            }
            let answer = handler(request, number)
            var head = "HTTP/1.1 \(answer.status) Answer\r\nContent-Length: \(answer.body.count)\r\n"
            for (name, value) in answer.headers { head += "\(name): \(value)\r\n" }
            let body = answer.body.prefix(answer.cutAfter ?? .max)
            guard Self.send(connection, Array((head + "\r\n").utf8) + body), answer.cutAfter == nil else { return }
        }
    }

    private static func read(_ connection: Int32) -> StubRequest? {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while !bytes.suffix(4).elementsEqual([13, 10, 13, 10]) {
            guard recv(connection, &byte, 1, 0) == 1 else { return nil }
            bytes.append(byte)
        }
        var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n").map(String.init)
        let words = lines.removeFirst().split(separator: " ")
        var request = StubRequest(target: words.count > 1 ? String(words[1]) : "")
        for line in lines {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            request.headers[parts[0].lowercased()] = String(parts[1].drop { $0 == " " })
        }
        return request
    }

    private static func send(_ connection: Int32, _ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    private static func onThread(_ body: @escaping @Sendable () -> Void) {
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
}

/// A system call failed; carries its `errno`.
struct StubFailure: Error {
    let number = errno
}

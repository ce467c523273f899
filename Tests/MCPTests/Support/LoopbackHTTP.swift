import Glibc
import JSON
import Synchronization

/// A request as the server read it.
struct LoopbackRequest: Sendable {
    var method = ""
    var path = ""
    var headers: [String: String] = [:]
    var body: [UInt8] = []

    /// The message in the body.
    var message: JSONValue { (try? JSONValue.parse(bytes: body)) ?? .null }
    /// What the message asks or tells.
    var rpc: String { message["method"]?.stringValue ?? "" }
    var id: JSONValue { message["id"] ?? .null }
}

/// What the server answers, piece by piece.
struct LoopbackAnswer: Sendable {
    enum End: Sendable {
        /// The body ends properly and the connection stays.
        case proper
        /// The connection is closed in the middle of the body.
        case cut
        /// Nothing more is said, until the client goes away.
        case silence
    }

    var status = 200
    var headers: [(String, String)] = []
    var pieces: [[UInt8]] = []
    var end = End.proper

    static func status(_ status: Int, _ body: String = "", headers: [(String, String)] = []) -> Self {
        Self(status: status, headers: headers, pieces: body.isEmpty ? [] : [Array(body.utf8)])
    }

    /// A message as the whole body.
    static func json(_ value: JSONValue, headers: [(String, String)] = []) -> Self {
        Self(headers: [("Content-Type", "application/json")] + headers, pieces: [value.bytes()])
    }

    /// A stream of events in pieces of this many bytes.
    static func events(_ text: String, by size: Int = .max, end: End = .proper, headers: [(String, String)] = [])
        -> Self
    {
        let bytes = Array(text.utf8)
        let step = min(size, max(1, bytes.count))
        let pieces = stride(from: 0, to: bytes.count, by: step).map { Array(bytes[$0..<min($0 + step, bytes.count)]) }
        return Self(headers: [("Content-Type", "text/event-stream")] + headers, pieces: pieces, end: end)
    }
}

/// An HTTP server on raw sockets, one thread for each connection, that keeps what it was asked.
final class LoopbackHTTP: Sendable {
    typealias Handler = @Sendable (LoopbackRequest) -> LoopbackAnswer

    let port: UInt16
    private let listener: Int32
    private let handler: Handler
    /// Protects the requests so far.
    private let asked = Mutex<[LoopbackRequest]>([])

    var requests: [LoopbackRequest] { asked.withLock { $0 } }
    /// What was asked or told, in order; other requests by their method.
    var conversation: [String] { requests.map { $0.rpc.isEmpty ? $0.method : $0.rpc } }
    var url: String { "http://127.0.0.1:\(port)/mcp" }

    init(_ handler: @escaping Handler) throws {
        self.handler = handler
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = listener
        let isReady = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) == 0 && listen(descriptor, 64) == 0
                    && getsockname(descriptor, address, &length) == 0
            }
        }
        guard isReady else { throw LoopbackFailure() }
        port = UInt16(bigEndian: address.sin_port)
        onThread { [self] in
            while case let connection = accept(listener, nil, nil), connection >= 0 {
                // A program that another test starts must not keep the connection open.
                _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
                var isOn: Int32 = 1
                setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<Int32>.size))
                onThread { [self] in
                    serve(connection)
                    close(connection)
                }
            }
        }
    }

    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    private func serve(_ connection: Int32) {
        while let request = Self.read(connection) {
            asked.withLock { $0.append(request) }
            let answer = handler(request)
            var head = "HTTP/1.1 \(answer.status) Answer\r\nTransfer-Encoding: chunked\r\n"
            for (name, value) in answer.headers { head += "\(name): \(value)\r\n" }
            guard Self.send(connection, Array((head + "\r\n").utf8)) else { return }
            for piece in answer.pieces {
                let size = Array("\(String(piece.count, radix: 16))\r\n".utf8)
                guard Self.send(connection, size + piece + [13, 10]) else { return }
            }
            switch answer.end {
            case .proper: guard Self.send(connection, Array("0\r\n\r\n".utf8)) else { return }
            case .cut: return
            case .silence:
                var byte: UInt8 = 0
                while recv(connection, &byte, 1, 0) > 0 {}
                return
            }
        }
    }

    private static func read(_ connection: Int32) -> LoopbackRequest? {
        var head: [UInt8] = []
        var byte: UInt8 = 0
        while !head.suffix(4).elementsEqual([13, 10, 13, 10]) {
            guard recv(connection, &byte, 1, 0) == 1 else { return nil }
            head.append(byte)
        }
        var lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n").map(String.init)
        let words = lines.removeFirst().split(separator: " ").map(String.init)
        guard words.count == 3 else { return nil }
        var request = LoopbackRequest(method: words[0], path: words[1])
        for line in lines {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2 { request.headers[parts[0].lowercased()] = String(parts[1].drop { $0 == " " }) }
        }
        let length = request.headers["content-length"].flatMap { Int($0) } ?? 0
        var body = [UInt8](repeating: 0, count: length)
        var received = 0
        while received < length {
            let count = recv(connection, &body[received], length - received, 0)
            guard count > 0 else { return nil }
            received += count
        }
        request.body = body
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
}

/// A socket could not be made.
struct LoopbackFailure: Error {}

/// Runs the body on a thread of its own.
private func onThread(_ body: @escaping @Sendable () -> Void) {
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

import Glibc
import JSON
import Synchronization
import Testing

/// An answer that a recorded server gives.
struct RecordedAnswer: Sendable {
    var status = 200
    var headers = ["Content-Type": "application/json"]
    var body: String
    /// How many bytes are sent at a time.
    var pieceSize = Int.max
    /// How many bytes of the body are kept back although they were announced.
    var missingBytes = 0
    /// Whether nothing is sent until the caller leaves.
    var hangs = false

    static func json(_ body: String) -> RecordedAnswer { RecordedAnswer(body: body) }

    static func events(_ body: String, pieceSize: Int = .max) -> RecordedAnswer {
        RecordedAnswer(headers: ["Content-Type": "text/event-stream"], body: body, pieceSize: pieceSize)
    }
}

/// A request as it arrived.
struct RecordedRequest: Sendable {
    var target: String
    var headers: [String: String]
    var body: JSONValue
}

/// A server on this machine that gives written answers in order, one connection each, the last one for ever.
final class RecordedServer: Sendable {
    let port: Int
    private let listener: Int32
    private let answers: [RecordedAnswer]
    private let received = Mutex<[RecordedRequest]>([])

    var baseURL: String { "http://127.0.0.1:\(port)" }
    var requests: [RecordedRequest] { received.withLock { $0 } }

    init(_ answers: [RecordedAnswer]) throws {
        self.answers = answers
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(listener, pointer, length) == 0 && listen(listener, 16) == 0
                    && getsockname(listener, pointer, &length) == 0
            }
        }
        try #require(bound)
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    /// Serves while the body runs.
    func run<Result>(_ body: (String) async throws -> Result) async throws -> Result {
        let box = Unmanaged.passRetained(self)
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { raw in
                guard let raw else { return nil }
                Unmanaged<RecordedServer>.fromOpaque(raw).takeRetainedValue().serve()
                return nil
            }, box.toOpaque())
        defer {
            // Wakes the thread out of `accept`, which then ends.
            shutdown(listener, Int32(SHUT_RDWR))
            pthread_join(thread, nil)
            close(listener)
        }
        return try await body(baseURL)
    }

    private func serve() {
        while true {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { return }
            if let request = read(from: connection) {
                let number = received.withLock { received in
                    received.append(request)
                    return received.count - 1
                }
                send(answers[min(number, answers.count - 1)], to: connection)
            }
            close(connection)
        }
    }

    private func read(from connection: Int32) -> RecordedRequest? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let end = text.range(of: "\r\n\r\n") {
                let lines = text[..<end.lowerBound].split(separator: "\r\n")
                var headers: [String: String] = [:]
                for line in lines.dropFirst() {
                    let parts = line.split(separator: ":", maxSplits: 1)
                    headers[parts[0].lowercased()] = parts[1].drop { $0 == " " }.description
                }
                let body = text[end.upperBound...]
                if body.utf8.count >= Int(headers["content-length"] ?? "0") ?? 0 {
                    let target = lines[0].split(separator: " ")[1]
                    // A body that is no JSON fails the test that looks at it.
                    let value = (try? JSONValue.parse(String(body))) ?? .null
                    return RecordedRequest(target: String(target), headers: headers, body: value)
                }
            }
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            bytes += buffer.prefix(count)
        }
    }

    private func send(_ answer: RecordedAnswer, to connection: Int32) {
        if answer.hangs {
            var byte: UInt8 = 0
            _ = recv(connection, &byte, 1, 0)
            return
        }
        var head =
            "HTTP/1.1 \(answer.status) Recorded\r\nConnection: close\r\nContent-Length: \(answer.body.utf8.count)\r\n"
        for (name, value) in answer.headers { head += "\(name): \(value)\r\n" }
        var noDelay: Int32 = 1
        setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &noDelay, socklen_t(MemoryLayout<Int32>.size))
        write(Array((head + "\r\n").utf8), to: connection)
        var rest = Array(answer.body.utf8).dropLast(answer.missingBytes)
        while !rest.isEmpty {
            write(Array(rest.prefix(answer.pieceSize)), to: connection)
            rest = rest.dropFirst(answer.pieceSize)
        }
    }

    private func write(_ bytes: [UInt8], to connection: Int32) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }
}

extension String {
    fileprivate func range(of needle: String) -> Range<String.Index>? { ranges(of: needle).first }
}

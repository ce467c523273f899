import FoundationEssentials
import Glibc
import JSON
import Synchronization

/// An HTTP server on raw sockets that answers as a test says, and keeps what it was asked.
final class StubAppWorld: Sendable {
    /// What was asked: the path without its slash, and the body.
    struct Question: Sendable, Hashable {
        var name: String
        var body: JSONValue
    }

    /// What is answered; nil closes the connection without an answer.
    struct Answer: Sendable {
        var status = 200
        var body: String

        /// A successful answer of AppWorld's environment.
        static func output(_ value: JSONValue) -> Answer {
            Answer(body: JSONValue.object(["output": value]).text())
        }
    }

    let port: UInt16
    private let listener: Int32
    /// Protects the questions so far.
    private let asked = Mutex<[Question]>([])

    var url: String { "http://127.0.0.1:\(port)" }
    var questions: [Question] { asked.withLock { $0 } }

    /// Starts to listen; the handler gets each question and the number of those before it.
    init(_ handler: @escaping @Sendable (Question, Int) -> Answer?) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = listener
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) == 0 && listen(descriptor, 64) == 0
                    && getsockname(descriptor, address, &length) == 0
            }
        }
        guard isListening else { throw CocoaError(.fileReadUnknown) }
        port = UInt16(bigEndian: address.sin_port)
        Self.onThread { [self] in
            while case let connection = accept(listener, nil, nil), connection >= 0 {
                answer(connection, handler)
                close(connection)
            }
        }
    }

    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    private func answer(_ connection: Int32, _ handler: (Question, Int) -> Answer?) {
        guard let question = Self.read(connection) else { return }
        let number = asked.withLock { asked in
            asked.append(question)
            return asked.count - 1
        }
        guard let answer = handler(question, number) else { return }
        let head =
            "HTTP/1.1 \(answer.status) X\r\nContent-Length: \(answer.body.utf8.count)\r\nConnection: close\r\n\r\n"
        let bytes = Array((head + answer.body).utf8)
        _ = bytes.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    }

    private static func read(_ connection: Int32) -> Question? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            if let end = bytes.indices.first(where: { bytes[$0...].starts(with: Array("\r\n\r\n".utf8)) }) {
                let head = String(decoding: bytes[..<end], as: UTF8.self)
                let length = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
                let wanted = length.flatMap { Int($0.split(separator: ":")[1].filter(\.isNumber)) } ?? 0
                let body = bytes[(end + 4)...]
                if body.count >= wanted {
                    let path = head.split(separator: " ").dropFirst().first ?? ""
                    // A body that is no JSON is kept as null.
                    let value = (try? JSONValue.parse(bytes: body)) ?? .null
                    return Question(name: String(path.dropFirst()), body: value)
                }
            }
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            bytes += buffer.prefix(count)
        }
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

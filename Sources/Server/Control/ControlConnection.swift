import Glibc
import JSON

/// One client of a control socket: what it asked, and the way to answer.
///
/// The protocol is HTTP/1.1, one request a connection, so that `curl --unix-socket` can speak it. Whoever connects has the
/// run's own user id, and still gets no more than ``patience`` seconds and ``bodyLimit`` bytes.
final class ControlConnection: Sendable {
    /// A request of a client.
    struct Request: Sendable, Hashable {
        var method: String
        var path: String
        var body: [UInt8] = []
    }

    /// Seconds that a client has for each of its reads and writes.
    private static let patience = 2
    private static let headLimit = 16 << 10
    private static let bodyLimit = 1 << 20

    private let descriptor: Int32

    /// Takes over a connected socket; it is closed with this value.
    init(descriptor: Int32) {
        self.descriptor = descriptor
        var limit = timeval(tv_sec: Self.patience, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
        }
    }

    deinit { close(descriptor) }

    /// Whether the client runs as the same user, or as root.
    var isOwners: Bool {
        // Process, user and group, as `struct ucred` has them.
        var peer: (Int32, user: UInt32, UInt32) = (0, .max, .max)
        var size = socklen_t(MemoryLayout.size(ofValue: peer))
        guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 else { return false }
        return peer.user == geteuid() || peer.user == 0
    }

    /// Reads the request; nil when the client sends none in time, or too much, or something else than HTTP.
    func readRequest() -> Request? {
        let blank = Array("\r\n\r\n".utf8)
        var bytes: [UInt8] = []
        var headEnd: Int?
        while headEnd == nil {
            guard bytes.count < Self.headLimit, receive(into: &bytes) else { return nil }
            headEnd = bytes.firstRange(of: blank)?.upperBound
        }
        guard let headEnd, var request = Self.parseHead(bytes[..<headEnd]) else { return nil }
        guard let length = Self.contentLength(in: bytes[..<headEnd]), length <= Self.bodyLimit else { return nil }
        while bytes.count < headEnd + length {
            guard receive(into: &bytes) else { return nil }
        }
        request.body = Array(bytes[headEnd..<headEnd + length])
        return request
    }

    /// Answers, as far as the client reads it.
    func answer(status: Int, _ body: JSONValue) {
        let content = body.bytes() + [UInt8(ascii: "\n")]
        let head = """
            HTTP/1.1 \(status) \(status < 400 ? "OK" : "Error")\r
            Content-Type: application/json\r
            Content-Length: \(content.count)\r
            Connection: close\r
            \r\n
            """
        var rest = (Array(head.utf8) + content)[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if sent < 0, errno == EINTR { continue }
            guard sent > 0 else { return }
            rest = rest.dropFirst(sent)
        }
    }

    private func receive(into bytes: inout [UInt8]) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            bytes += buffer[..<count]
            return true
        }
    }

    static func parseHead(_ head: ArraySlice<UInt8>) -> Request? {
        let line = head.prefix { $0 != UInt8(ascii: "\r") }
        let words = String(decoding: line, as: UTF8.self).split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, words[2].hasPrefix("HTTP/1."), words[1].hasPrefix("/") else { return nil }
        return Request(method: String(words[0]), path: String(words[1].prefix { $0 != "?" }))
    }

    /// The length that a head announces, 0 where it announces none; nil for one that cannot be.
    static func contentLength(in head: ArraySlice<UInt8>) -> Int? {
        for line in String(decoding: head, as: UTF8.self).split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == "content-length" else { continue }
            guard let length = Int(parts[1].drop { $0 == " " }), length >= 0 else { return nil }
            return length
        }
        return 0
    }
}

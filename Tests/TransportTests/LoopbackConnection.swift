import Glibc
import Synchronization

/// A request as the server read it.
struct LoopbackRequest: Sendable {
    var method = ""
    var target = ""
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []

    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// The server's end of one connection; used by the connection's own thread.
final class LoopbackConnection: Sendable {
    let descriptor: Int32
    private let unread = Mutex<[UInt8]>([])
    private let isClosed = Atomic<Bool>(false)

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Reads a request with its body; nil if the client closes first.
    func readRequest() -> LoopbackRequest? {
        guard let head = read(upTo: Array("\r\n\r\n".utf8)) else { return nil }
        var lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n")
        let start = lines.removeFirst().split(separator: " ")
        guard start.count == 3 else { return nil }
        var request = LoopbackRequest(method: String(start[0]), target: String(start[1]))
        for line in lines {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            request.headers.append((String(line[..<colon]), String(value)))
        }
        guard let body = read(count: request.header("content-length").flatMap { Int($0) } ?? 0) else { return nil }
        request.body = body
        return request
    }

    /// Sends everything, or returns false if the client has gone.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// Sends until nobody has made room for a while; returns how many bytes went out.
    func sendUntilBlocked(_ bytes: [UInt8], patience: Duration) -> Int {
        var capacity: Int32 = 1 << 16
        setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &capacity, socklen_t(MemoryLayout<Int32>.size))
        var sent = 0
        while sent < bytes.count {
            var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            guard Glibc.poll(&poll, 1, Int32(patience / .milliseconds(1))) == 1 else { break }
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
            }
            guard count > 0 else { break }
            sent += count
        }
        return sent
    }

    /// Blocks until the client closes the connection.
    func waitForClose() {
        while receive() {}
    }

    /// Blocks until the client has sent something.
    func waitForBytes() {
        _ = receive()
    }

    /// Reads and drops bytes, through a small buffer so that the client cannot be far ahead; false if the client closes first.
    func discard(_ count: Int) -> Bool {
        var capacity: Int32 = 1 << 16
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &capacity, socklen_t(MemoryLayout<Int32>.size))
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        var left = count
        while left > 0 {
            let count = recv(descriptor, &bytes, min(left, bytes.count), 0)
            guard count > 0 else { return false }
            left -= count
        }
        return true
    }

    /// Closes with a TCP reset.
    func reset() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
        close()
    }

    /// Closes the connection, once: afterwards the descriptor's number may be someone else's.
    func close() {
        if !isClosed.exchange(true, ordering: .acquiringAndReleasing) { Glibc.close(descriptor) }
    }

    private func read(upTo end: [UInt8]) -> [UInt8]? {
        while true {
            let found = unread.withLock { unread -> [UInt8]? in
                guard unread.count >= end.count else { return nil }
                for start in 0...(unread.count - end.count) where unread[start..<(start + end.count)] == end[...] {
                    defer { unread.removeFirst(start + end.count) }
                    return Array(unread[..<start])
                }
                return nil
            }
            if let found { return found }
            guard receive() else { return nil }
        }
    }

    private func read(count: Int) -> [UInt8]? {
        while unread.withLock(\.count) < count {
            guard receive() else { return nil }
        }
        return unread.withLock { unread in
            defer { unread.removeFirst(count) }
            return Array(unread[..<count])
        }
    }

    private func receive() -> Bool {
        var bytes = [UInt8](repeating: 0, count: 1 << 14)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return false }
        unread.withLock { $0.append(contentsOf: bytes[..<count]) }
        return true
    }
}

/// A response with a body of known length.
func response(_ body: String = "", status: String = "200 OK", headers: [String] = []) -> String {
    let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + headers
    return lines.joined(separator: "\r\n") + "\r\n\r\n" + body
}

/// The head of a chunked response.
let chunkedHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"

func chunk(_ text: String) -> String {
    "\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n"
}

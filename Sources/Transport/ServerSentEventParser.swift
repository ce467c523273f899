/// Splits the bytes of a `text/event-stream` into events, in pieces of any size.
///
/// It follows the WHATWG specification: lines end in CR, LF or CRLF, one byte order mark at the start is skipped, comments and unknown
/// fields are ignored, and an event that the end of the stream cuts short is dropped.
public struct ServerSentEventParser: Sendable {
    private let maximumEventBytes: Int
    private var line: [UInt8] = []
    private var data: [UInt8] = []
    private var hasData = false
    private var event = ""
    private var lastID = ""
    private var retry: Duration?
    private var previousWasCarriageReturn = false
    private var isFirstLine = true

    /// Makes a parser that refuses an event of more bytes than the limit, 16 MiB unless said otherwise.
    public init(maximumEventBytes: Int = 16 << 20) {
        self.maximumEventBytes = maximumEventBytes
    }

    /// Takes the next bytes and returns the events that they complete.
    ///
    /// Throws an error of code `responseTooLarge` if an event exceeds the limit.
    public mutating func consume(_ bytes: [UInt8]) throws(HTTPError) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        var start = bytes.startIndex
        while start < bytes.endIndex {
            if previousWasCarriageReturn, bytes[start] == Self.lineFeed {
                previousWasCarriageReturn = false
                start += 1
                continue
            }
            let end = bytes[start...].firstIndex { $0 == Self.lineFeed || $0 == Self.carriageReturn }
            previousWasCarriageReturn = false
            try append(bytes[start..<(end ?? bytes.endIndex)])
            guard let end else { break }
            previousWasCarriageReturn = bytes[end] == Self.carriageReturn
            if let event = finishLine() { events.append(event) }
            start = end + 1
        }
        return events
    }

    private mutating func append(_ bytes: ArraySlice<UInt8>) throws(HTTPError) {
        guard bytes.count <= maximumEventBytes - line.count - data.count else {
            let message = "a server-sent event has more than the \(maximumEventBytes) bytes allowed"
            throw HTTPError(.responseTooLarge, message, url: "")
        }
        line.append(contentsOf: bytes)
    }

    private mutating func finishLine() -> ServerSentEvent? {
        defer { line.removeAll(keepingCapacity: true) }
        if isFirstLine {
            isFirstLine = false
            if line.starts(with: Self.byteOrderMark) { line.removeFirst(Self.byteOrderMark.count) }
        }
        if line.isEmpty { return dispatch() }
        let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
        var value = line[colon...].dropFirst()
        if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        setField(String(decoding: line[..<colon], as: UTF8.self), to: value)
        return nil
    }

    private mutating func setField(_ name: String, to value: ArraySlice<UInt8>) {
        switch name {
        case "data":
            if hasData { data.append(Self.lineFeed) }
            hasData = true
            data.append(contentsOf: value)
        case "event":
            event = String(decoding: value, as: UTF8.self)
        case "id" where !value.contains(0):
            lastID = String(decoding: value, as: UTF8.self)
        case "retry" where value.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }):
            retry = Int(String(decoding: value, as: UTF8.self)).map { .milliseconds($0) }
        default:
            break
        }
    }

    private mutating func dispatch() -> ServerSentEvent? {
        defer {
            event = ""
            retry = nil
            hasData = false
            data.removeAll(keepingCapacity: true)
        }
        guard hasData else { return nil }
        return ServerSentEvent(
            event: event.isEmpty ? "message" : event, data: String(decoding: data, as: UTF8.self), id: lastID,
            retry: retry)
    }

    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
}

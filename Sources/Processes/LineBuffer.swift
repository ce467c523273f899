/// Bytes that arrive in pieces and leave in lines.
struct LineBuffer {
    private var bytes: [UInt8] = []
    /// Where the first line that has not been taken begins.
    private var start = 0
    /// Up to where there is no line end.
    private var scanned = 0

    var unreadBytes: Int { bytes.count - start }

    mutating func append(_ more: UnsafeRawBufferPointer) {
        bytes.append(contentsOf: more)
    }

    /// The next line without its LF or CRLF, or nil until there is a whole one; at the end, what is left counts as a line.
    mutating func next(atEnd: Bool) -> [UInt8]? {
        if let end = bytes[scanned...].firstIndex(of: UInt8(ascii: "\n")) {
            return take(through: end, next: end + 1)
        }
        scanned = bytes.count
        return atEnd && unreadBytes > 0 ? take(through: bytes.count, next: bytes.count) : nil
    }

    private mutating func take(through end: Int, next: Int) -> [UInt8] {
        var line = bytes[start..<end]
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        let result = Array(line)
        start = next
        scanned = next
        // Moving the rest forward each time would make many short lines cost the square of their number.
        if start > 1 << 16 || start == bytes.count {
            bytes.removeFirst(start)
            start = 0
            scanned = 0
        }
        return result
    }
}

/// What was kept of an output stream, and how much there was.
public struct SandboxOutput: Sendable, Hashable {
    /// The bytes kept, which need not be UTF-8: everything, or the first and the last with nothing between them.
    public let bytes: [UInt8]
    /// The number of bytes that the program wrote.
    public let totalBytes: Int
    /// The number of kept bytes before the gap; all of them if there is none.
    public let headBytes: Int

    /// Takes a whole stream.
    public init(_ bytes: [UInt8] = []) {
        self.bytes = bytes
        totalBytes = bytes.count
        headBytes = bytes.count
    }

    /// Takes what was kept of a stream.
    public init(head: [UInt8], tail: [UInt8], totalBytes: Int) {
        bytes = head + tail
        self.totalBytes = max(totalBytes, bytes.count)
        headBytes = head.count
    }

    /// Whether bytes are missing between the first and the last.
    public var isTruncated: Bool { totalBytes > bytes.count }

    /// The bytes before the gap.
    public var head: ArraySlice<UInt8> { bytes.prefix(headBytes) }

    /// The bytes after the gap; empty if there is none.
    public var tail: ArraySlice<UInt8> { bytes.dropFirst(headBytes) }

    /// The bytes as text, ill-formed UTF-8 repaired, with a line in the gap that says how many bytes are missing.
    public var text: String {
        guard isTruncated else { return String(decoding: bytes, as: UTF8.self) }
        let omitted = "\n… \(totalBytes - bytes.count) bytes omitted …\n"
        return String(decoding: head, as: UTF8.self) + omitted + String(decoding: tail, as: UTF8.self)
    }
}

/// Collects an output stream within its limit.
///
/// Appending costs the same however much is dropped: the end is trimmed only when it has grown to twice what is kept.
public struct SandboxOutputCollector: Sendable {
    private let limit: SandboxOutputLimit
    private var head: [UInt8] = []
    private var tail: [UInt8] = []
    /// The number of bytes taken so far.
    public private(set) var totalBytes = 0

    /// Starts an empty stream.
    public init(_ limit: SandboxOutputLimit) { self.limit = limit }

    /// Takes the next bytes.
    public mutating func append(_ bytes: ArraySlice<UInt8>) {
        totalBytes += bytes.count
        let room = max(0, limit.head - head.count)
        head += bytes.prefix(room)
        let rest = bytes.dropFirst(room)
        guard limit.tail > 0, !rest.isEmpty else { return }
        tail += rest.suffix(limit.tail)
        if tail.count >= 2 * limit.tail { tail.removeFirst(tail.count - limit.tail) }
    }

    /// What was kept.
    public var output: SandboxOutput {
        SandboxOutput(head: head, tail: Array(tail.suffix(max(0, limit.tail))), totalBytes: totalBytes)
    }
}

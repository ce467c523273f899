/// What was kept of an output stream, and how much there was.
public struct CapturedOutput: Sendable, Hashable {
    /// The bytes kept: everything, or the first and the last with nothing between them.
    public let bytes: [UInt8]
    /// The number of bytes that the program wrote.
    public let totalBytes: Int
    /// The number of kept bytes that come before the gap; all of them if there is none.
    public let headBytes: Int

    init(bytes: [UInt8], totalBytes: Int, headBytes: Int) {
        self.bytes = bytes
        self.totalBytes = totalBytes
        self.headBytes = headBytes
    }

    /// Whether bytes are missing between the first and the last.
    public var isTruncated: Bool { totalBytes > bytes.count }

    /// The bytes as text, ill-formed UTF-8 repaired, with a line in the gap that says how many bytes are missing.
    public var text: String {
        guard isTruncated else { return String(decoding: bytes, as: UTF8.self) }
        let head = String(decoding: bytes[..<headBytes], as: UTF8.self)
        let tail = String(decoding: bytes[headBytes...], as: UTF8.self)
        return "\(head)\n… \(totalBytes - bytes.count) bytes omitted …\n\(tail)"
    }
}

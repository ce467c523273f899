import CZlib

/// Why compressed bytes could not be read.
public struct GzipError: Error, Sendable, CustomStringConvertible {
    /// What is wrong with them.
    public let message: String

    /// The message.
    public var description: String { message }
}

/// Unpacks gzip or zlib data piece by piece, so that memory does not follow the size of the file.
public struct GzipReader: ~Copyable {
    /// Bytes handed out at a time at the most.
    public static let pieceSize = 65_536

    private let stream: UnsafeMutablePointer<z_stream>
    private var isBetweenMembers = false

    /// Starts to unpack.
    ///
    /// Throws when zlib has no memory left.
    public init() throws(GzipError) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard gage_inflate_init(stream) == Z_OK else {
            stream.deallocate()
            throw GzipError(message: "zlib could not be started")
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    /// Whether the bytes begin as a gzip file does.
    public static func isGzip(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.prefix(2).elementsEqual([0x1f, 0x8b])
    }

    /// Unpacks the next bytes of the file, calling `take` with each piece of at most ``pieceSize`` bytes.
    ///
    /// Several gzip members after each other are one stream, as with `cat a.gz b.gz`.
    public mutating func feed(
        _ bytes: [UInt8], _ take: (UnsafeBufferPointer<UInt8>) throws -> Void
    ) throws {
        var input = bytes
        try input.withUnsafeMutableBufferPointer { buffer in
            stream.pointee.next_in = buffer.baseAddress
            stream.pointee.avail_in = UInt32(buffer.count)
            try drain(take)
            stream.pointee.next_in = nil
        }
    }

    private mutating func drain(_ take: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
        try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.pieceSize) { output in
            while true {
                if isBetweenMembers {
                    guard stream.pointee.avail_in > 0 else { return }
                    inflateReset(stream)
                    isBetweenMembers = false
                }
                stream.pointee.next_out = output.baseAddress
                stream.pointee.avail_out = UInt32(output.count)
                let status = inflate(stream, Z_NO_FLUSH)
                let produced = output.count - Int(stream.pointee.avail_out)
                if produced > 0 { try take(UnsafeBufferPointer(rebasing: output[..<produced])) }
                switch status {
                case Z_STREAM_END: isBetweenMembers = true
                case Z_OK where stream.pointee.avail_out == 0 || stream.pointee.avail_in > 0: continue
                case Z_OK, Z_BUF_ERROR: return
                default: throw GzipError(message: "not valid gzip data (zlib status \(status))")
                }
            }
        }
    }

    /// Checks that the data ended where a member ends.
    ///
    /// Throws when the file is cut off.
    public func finish() throws(GzipError) {
        guard isBetweenMembers else { throw GzipError(message: "the gzip data is cut off") }
    }

    /// Unpacks a whole file that is in memory; bytes that are not gzip come back as they are.
    public static func unpack(_ bytes: [UInt8]) throws -> [UInt8] {
        guard isGzip(bytes) else { return bytes }
        var reader = try GzipReader()
        var output: [UInt8] = []
        try reader.feed(bytes) { output.append(contentsOf: $0) }
        try reader.finish()
        return output
    }
}

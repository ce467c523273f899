import CZlib

/// Packs bytes by deflate, piece by piece, so that memory does not follow their number.
struct Deflater: ~Copyable {
    private static let pieceSize = 65_536

    private let stream: UnsafeMutablePointer<z_stream>

    init() throws(ZipError) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard gage_deflate_init(stream) == Z_OK else {
            stream.deallocate()
            throw ZipError(message: "zlib could not be started")
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    /// Packs the next bytes, adding what comes of them to `output`; the last piece ends the stream.
    mutating func feed(_ bytes: [UInt8], isLast: Bool, to output: inout [UInt8]) throws(ZipError) {
        var input = bytes
        let isWell = input.withUnsafeMutableBufferPointer { buffer -> Bool in
            stream.pointee.next_in = buffer.baseAddress
            stream.pointee.avail_in = UInt32(buffer.count)
            defer { stream.pointee.next_in = nil }
            return drain(isLast ? Z_FINISH : Z_NO_FLUSH, to: &output)
        }
        guard isWell else { throw ZipError(message: "zlib could not pack the data") }
    }

    private func drain(_ flush: Int32, to output: inout [UInt8]) -> Bool {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.pieceSize) { piece in
            while true {
                stream.pointee.next_out = piece.baseAddress
                stream.pointee.avail_out = UInt32(piece.count)
                let status = deflate(stream, flush)
                output.append(contentsOf: piece[..<(piece.count - Int(stream.pointee.avail_out))])
                switch status {
                case Z_STREAM_END: return true
                // With room left in the piece everything that was given is taken.
                case Z_OK, Z_BUF_ERROR: if stream.pointee.avail_out > 0 { return flush == Z_NO_FLUSH }
                default: return false
                }
            }
        }
    }
}

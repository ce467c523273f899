import Compression
import Evaluation

/// The bytes of a data file in pieces, unpacked when the file is a gzip file.
struct ByteSource: ~Copyable {
    private let name: LocalFile
    private var file: RawFile
    private var unpacker: GzipReader?
    private var piece: [UInt8]
    private var isStarted = false

    /// Compressed bytes unpacked at a time.
    ///
    /// Gzip packs a thousandfold at the most, so that a piece becomes at most some four megabytes, whatever the file claims.
    private static let packedPiece = 4096
    private static let plainPiece = 1 << 17

    init(_ file: LocalFile) throws {
        name = file
        self.file = try RawFile(file)
        piece = Array(repeating: 0, count: ByteSource.packedPiece)
    }

    /// Appends the next bytes and returns whether there were any: false only at the end of the file.
    mutating func read(appendingTo bytes: inout [UInt8]) throws -> Bool {
        let before = bytes.count
        while bytes.count == before {
            let count = try file.read(into: &piece)
            if count == 0 {
                try finish()
                return false
            }
            let isFirst = !isStarted
            isStarted = true
            if isFirst, GzipReader.isGzip(piece[..<count]) { unpacker = try GzipReader() }
            if unpacker != nil {
                try unpack(count, appendingTo: &bytes)
            } else {
                bytes.append(contentsOf: piece[..<count])
                if isFirst { piece = Array(repeating: 0, count: ByteSource.plainPiece) }
            }
        }
        return true
    }

    private mutating func unpack(_ count: Int, appendingTo bytes: inout [UInt8]) throws {
        do {
            try unpacker?.feed(Array(piece[..<count])) { bytes.append(contentsOf: $0) }
        } catch let error as GzipError {
            throw name.malformed(error.message, advice: "fetch or pack the file again")
        }
    }

    private func finish() throws {
        do {
            try unpacker?.finish()
        } catch {
            throw name.malformed(error.message, advice: "fetch or pack the file again")
        }
    }
}

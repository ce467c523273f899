import Compression
import Evaluation

/// Reads the entries of a tar file, packed with gzip or not, one after the other.
struct TarReader: ~Copyable {
    private let file: LocalFile
    private var source: ByteSource
    private var buffer: [UInt8] = []
    private var place = 0
    private var extensions = TarExtensions()
    /// Bytes of the current entry's content, and of the filling after it, that were not read.
    private var left = 0
    private var filling = 0

    private static let largestExtension = 1 << 20

    init(_ file: LocalFile) throws {
        self.file = file
        source = try ByteSource(file)
    }

    /// The commit in git's comment.
    var commit: String? { extensions.comment }

    /// The next entry, the rest of the last one skipped; nil at the end.
    mutating func next() throws -> TarHead? {
        try readContent { _ in }
        while var head = try nextHead() {
            if head.kind != .extending {
                extensions.complete(&head)
                (left, filling) = (head.size, head.filling)
                return head
            }
            (left, filling) = (head.size, head.filling)
            guard extensions.add(head, content: try extensionContent()[...]) else {
                throw ArchiveFailure.malformed(file, "an extended header is damaged")
            }
        }
        return nil
    }

    /// Hands out the current entry's content in pieces.
    mutating func readContent(_ take: ([UInt8]) throws -> Void) throws {
        while left > 0 {
            guard try fill() else { throw ArchiveFailure.malformed(file, "it is cut off") }
            let count = min(left, buffer.count - place)
            try take(Array(buffer[place..<(place + count)]))
            place += count
            left -= count
        }
        while filling > 0 {
            guard try fill() else { throw ArchiveFailure.malformed(file, "it is cut off") }
            let count = min(filling, buffer.count - place)
            place += count
            filling -= count
        }
    }

    /// The next head that is not an empty block.
    private mutating func nextHead() throws -> TarHead? {
        while true {
            var bytes: [UInt8] = []
            while bytes.count < TarHead.blockSize {
                guard try fill() else {
                    guard bytes.isEmpty else { throw ArchiveFailure.malformed(file, "it is cut off") }
                    return nil
                }
                let count = min(TarHead.blockSize - bytes.count, buffer.count - place)
                bytes += buffer[place..<(place + count)]
                place += count
            }
            if bytes.allSatisfy({ $0 == 0 }) { continue }
            guard let head = TarHead(bytes) else {
                throw ArchiveFailure.malformed(file, "it is neither a tar file nor a zip file, or it is damaged")
            }
            return head
        }
    }

    private mutating func extensionContent() throws -> [UInt8] {
        guard left <= Self.largestExtension else { throw ArchiveFailure.malformed(file, "a header is too long") }
        var bytes: [UInt8] = []
        try readContent { bytes += $0 }
        return bytes
    }

    private mutating func fill() throws -> Bool {
        guard place == buffer.count else { return true }
        buffer.removeAll(keepingCapacity: true)
        place = 0
        return try source.read(appendingTo: &buffer)
    }
}

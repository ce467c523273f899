import Evaluation

/// Reads the entries of a tar file, packed with gzip or not, one after the other.
///
/// The POSIX format with its extended headers, and GNU's long names, which together are what git, GitHub and tar write.
struct TarReader: ~Copyable {
    private let file: LocalFile
    private var source: ByteSource
    private var buffer: [UInt8] = []
    private var place = 0
    /// Bytes of the current entry's content, and of the filling after it, that were not read.
    private var left = 0
    private var filling = 0
    /// The commit in git's comment.
    private(set) var commit: String?

    private static let block = 512
    private static let largestHeader = 1 << 20

    init(_ file: LocalFile) throws {
        self.file = file
        source = try ByteSource(file)
    }

    /// The next entry, the rest of the last one skipped; nil at the end.
    mutating func next() throws -> TarEntry? {
        try readContent { _ in }
        var longName: String?
        var extended: [String: String] = [:]
        while true {
            guard let header = try nextHeader() else { return nil }
            left = header.size
            filling = (Self.block - header.size % Self.block) % Self.block
            switch header.type {
            case UInt8(ascii: "L"): longName = try text().prefix { $0 != "\0" }.description
            case UInt8(ascii: "K"): _ = try text()
            case UInt8(ascii: "x"): extended = try records()
            case UInt8(ascii: "g"): commit = try records()["comment"] ?? commit
            default:
                if let size = extended["size"].flatMap({ Int($0) }), size >= 0 {
                    left = size
                    filling = (Self.block - size % Self.block) % Self.block
                }
                return TarEntry(
                    path: extended["path"] ?? longName ?? header.path, kind: header.kind, size: left,
                    isExecutable: header.isExecutable)
            }
        }
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

    /// The next header that is not an empty block.
    private mutating func nextHeader() throws -> TarHeader? {
        while true {
            var bytes: [UInt8] = []
            while bytes.count < Self.block {
                guard try fill() else {
                    guard bytes.isEmpty else { throw ArchiveFailure.malformed(file, "it is cut off") }
                    return nil
                }
                let count = min(Self.block - bytes.count, buffer.count - place)
                bytes += buffer[place..<(place + count)]
                place += count
            }
            if bytes.allSatisfy({ $0 == 0 }) { continue }
            guard let header = TarHeader(bytes) else {
                throw ArchiveFailure.malformed(file, "it is neither a tar file nor a zip file, or it is damaged")
            }
            return header
        }
    }

    private mutating func text() throws -> String {
        guard left <= Self.largestHeader else { throw ArchiveFailure.malformed(file, "a header is too long") }
        var bytes: [UInt8] = []
        try readContent { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The records `12 path=name` of an extended header: each begins with its own length.
    private mutating func records() throws -> [String: String] {
        var rest = Array(try text().utf8)[...]
        var records: [String: String] = [:]
        while let space = rest.firstIndex(of: UInt8(ascii: " ")) {
            guard let length = Int(String(decoding: rest[..<space], as: UTF8.self)),
                length > space - rest.startIndex + 1, length <= rest.count
            else { throw ArchiveFailure.malformed(file, "an extended header is damaged") }
            let record = rest[(space + 1)..<(rest.startIndex + length)].dropLast()
            if let equals = record.firstIndex(of: UInt8(ascii: "=")) {
                records[String(decoding: record[..<equals], as: UTF8.self)] =
                    String(decoding: record[(equals + 1)...], as: UTF8.self)
            }
            rest = rest.dropFirst(length)
        }
        return records
    }

    private mutating func fill() throws -> Bool {
        guard place == buffer.count else { return true }
        buffer.removeAll(keepingCapacity: true)
        place = 0
        return try source.read(appendingTo: &buffer)
    }
}

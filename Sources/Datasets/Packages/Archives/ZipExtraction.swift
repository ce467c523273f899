import Compression
import Evaluation
import Glibc

/// Unpacks a zip file by its central directory.
struct ZipExtraction: ~Copyable {
    private let extractor: ArchiveExtractor
    private let directory: String
    private let descriptor: Int32
    private let size: Int

    init(_ extractor: ArchiveExtractor, into directory: String) throws {
        self.extractor = extractor
        self.directory = directory
        size = DatasetFiles.size(extractor.file.path) ?? 0
        descriptor = open(extractor.file.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw DatasetFiles.system("read", extractor.file.name) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Unpacks what is wanted.
    func run() throws -> ArchiveExtractor.Summary {
        var sink = ArchiveSink(extractor, into: directory)
        var rest = try centralDirectory()[...]
        while rest.starts(with: [0x50, 0x4B, 1, 2]) {
            guard let entry = ZipEntry(rest) else { throw malformed("its directory is damaged") }
            rest = rest.dropFirst(entry.length)
            guard let path = try sink.place(of: entry.path), !entry.path.hasSuffix("/") else { continue }
            if entry.isLink {
                sink.skipLink(entry.path)
            } else {
                try sink.begin(path, size: entry.size)
                try unpack(entry, to: path)
            }
        }
        return sink.summary
    }

    /// The directory at the end of the file, found by the record behind it.
    private func centralDirectory() throws -> [UInt8] {
        let tail = try bytes(at: max(0, size - 65_557), count: min(size, 65_557))
        for start in stride(from: tail.count - 22, through: 0, by: -1)
        where tail[start...].starts(with: [0x50, 0x4B, 5, 6]) {
            let count = Self.number(tail, start + 12, 4)
            let offset = Self.number(tail, start + 16, 4)
            guard count != 0xFFFF_FFFF, offset != 0xFFFF_FFFF else {
                throw ArchiveFailure.tooLarge(extractor.file, "it needs the 64-bit form of zip")
            }
            guard offset + count <= size, count < 1 << 28 else { break }
            return try bytes(at: offset, count: count)
        }
        throw malformed("it has no directory at its end")
    }

    /// Unpacks a file as if it were a gzip file, whose end carries the same checksum: zlib checks it.
    private func unpack(_ entry: ZipEntry, to path: String) throws {
        guard !entry.isEncrypted else { throw malformed("'\(entry.path)' is encrypted") }
        guard entry.method == 0 || entry.method == 8 else {
            throw malformed("'\(entry.path)' is packed by method \(entry.method)")
        }
        let header = try bytes(at: entry.offset, count: 30)
        var place = entry.offset + 30 + Self.number(header, 26, 2) + Self.number(header, 28, 2)
        let writer = try FileWriter(path, mode: entry.isExecutable ? 0o755 : 0o644)
        do {
            var reader = try GzipReader()
            var left = entry.packedSize
            var room = entry.size
            try feed([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255], to: &reader, writer, &room)
            repeat {
                let count = min(left, entry.method == 0 ? 65_535 : 1 << 16)
                let piece = try bytes(at: place, count: count)
                left -= count
                place += count
                if entry.method == 0 {
                    try feed(Self.storedBlock(count, isLast: left == 0), to: &reader, writer, &room)
                }
                try feed(piece, to: &reader, writer, &room)
            } while left > 0
            try feed(Self.words([entry.checksum, UInt32(truncatingIfNeeded: entry.size)]), to: &reader, writer, &room)
            try reader.finish()
        } catch let error as GzipError {
            throw malformed("'\(entry.path)' is damaged: \(error.message)")
        }
    }

    private func feed(
        _ bytes: [UInt8], to reader: inout GzipReader, _ writer: borrowing FileWriter, _ room: inout Int
    ) throws {
        var unpacked: [UInt8] = []
        try reader.feed(bytes) { unpacked.append(contentsOf: $0) }
        room -= unpacked.count
        guard room >= 0 else { throw malformed("a file in it is larger than it says") }
        try writer.write(unpacked)
    }

    private func bytes(at offset: Int, count: Int) throws -> [UInt8] {
        guard offset >= 0, count >= 0, offset + count <= size else { throw malformed("it is cut off") }
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let part = bytes.withUnsafeMutableBytes { buffer in
                pread(descriptor, buffer.baseAddress?.advanced(by: done), count - done, off_t(offset + done))
            }
            if part < 0, errno == EINTR { continue }
            guard part > 0 else { throw DatasetFiles.system("read", extractor.file.name) }
            done += part
        }
        return bytes
    }

    private func malformed(_ what: String) -> EvaluationError { ArchiveFailure.malformed(extractor.file, what) }

    /// The beginning of a block that deflate stores as it is.
    private static func storedBlock(_ count: Int, isLast: Bool) -> [UInt8] {
        let count = UInt16(count)
        return [isLast ? 1 : 0, UInt8(count & 255), UInt8(count >> 8), UInt8(~count & 255), UInt8(~count >> 8)]
    }

    private static func words(_ words: [UInt32]) -> [UInt8] {
        words.flatMap { word in [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) } }
    }

    static func number(_ bytes: some RandomAccessCollection<UInt8>, _ offset: Int, _ count: Int) -> Int {
        var value = 0
        for (index, byte) in bytes.dropFirst(offset).prefix(count).enumerated() { value |= Int(byte) << (8 * index) }
        return value
    }
}

/// An entry of a zip file's central directory.
struct ZipEntry {
    var path: String
    var method: Int
    var isEncrypted: Bool
    var checksum: UInt32
    var packedSize: Int
    var size: Int
    var offset: Int
    var isLink: Bool
    var isExecutable: Bool
    /// Bytes of the entry itself.
    var length: Int

    init?(_ bytes: ArraySlice<UInt8>) {
        func number(_ offset: Int, _ count: Int) -> Int { ZipExtraction.number(bytes, offset, count) }
        guard bytes.count >= 46 else { return nil }
        let nameLength = number(28, 2)
        length = 46 + nameLength + number(30, 2) + number(32, 2)
        guard bytes.count >= length else { return nil }
        isEncrypted = number(8, 2) & 1 != 0
        method = number(10, 2)
        checksum = UInt32(number(16, 4))
        packedSize = number(20, 4)
        size = number(24, 4)
        offset = number(42, 4)
        let mode = number(40, 2)
        isLink = mode & 0o170000 == 0o120000
        isExecutable = mode & 0o100 != 0
        path = String(decoding: bytes.dropFirst(46).prefix(nameLength), as: UTF8.self)
    }
}

import Compression
import Evaluation

/// Unpacks what is wanted of an archive into a directory, and never outside it.
///
/// Links are not made: no data set that is known has any, and a link is how an archive reaches out of its directory.
struct ArchiveExtractor {
    /// What came out.
    struct Summary: Sendable, Hashable {
        var files = 0
        var bytes = 0
        /// Links that were left out.
        var links: [String] = []
        /// The commit that `git archive` notes in a tar file.
        var commit: String?
    }

    let file: LocalFile
    var limits = ArchiveLimits()
    /// Whether a path, its parts joined by slashes, is worth unpacking.
    let wants: (String) -> Bool

    /// Unpacks the archive, whose kind is found from its first bytes.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, for other files, and for hostile or broken archives.
    func extract(into directory: String) throws -> Summary {
        var start: [UInt8] = []
        var raw = try RawFile(file)
        var piece = [UInt8](repeating: 0, count: 8)
        while start.count < 8, case let count = try raw.read(into: &piece), count > 0 {
            start += piece[..<count]
        }
        if start.starts(with: [0x50, 0x4B, 3, 4]) || start.starts(with: [0x50, 0x4B, 5, 6]) {
            return try ZipExtraction(self, into: directory).run()
        }
        for (magic, name, command) in Self.others where start.starts(with: magic) {
            throw EvaluationError(
                .configurationInvalid, "\(file.name) is packed with \(name), which is not read here",
                cause: .configuration, advice: "unpack it (`\(command) ARCHIVE`) and give the directory")
        }
        return try extractTar(into: directory)
    }

    private static let others: [(magic: [UInt8], name: String, command: String)] = [
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "xz", "tar -xJf"), ([0x42, 0x5A, 0x68], "bzip2", "tar -xjf"),
        ([0x28, 0xB5, 0x2F, 0xFD], "zstd", "tar --zstd -xf"), ([0x37, 0x7A, 0xBC, 0xAF], "7-Zip", "7z x"),
    ]

    private func extractTar(into directory: String) throws -> Summary {
        var reader = try TarReader(file)
        var sink = ArchiveSink(self, into: directory)
        while let entry = try reader.next() {
            guard let path = try sink.place(of: entry.path) else { continue }
            switch entry.kind {
            case .directory, .extending, .other: continue
            case .symbolicLink, .hardLink: sink.skipLink(entry.path)
            case .file:
                try sink.begin(path, size: entry.size)
                let writer = try FileWriter(path, mode: entry.permissions & 0o100 != 0 ? 0o755 : 0o644)
                try reader.readContent { try writer.write($0) }
            }
        }
        sink.summary.commit = reader.commit
        return sink.summary
    }
}

/// Decides where entries go, and counts them.
struct ArchiveSink {
    private let extractor: ArchiveExtractor
    private let directory: String
    private var entries = 0
    var summary = ArchiveExtractor.Summary()

    init(_ extractor: ArchiveExtractor, into directory: String) {
        self.extractor = extractor
        self.directory = directory
    }

    /// Where an entry goes, or nil where it is not wanted.
    ///
    /// Throws ``EvaluationError`` for a path that leads elsewhere, wanted or not: such an archive is not trusted.
    mutating func place(of path: String) throws(EvaluationError) -> String? {
        entries += 1
        guard entries <= extractor.limits.entries else {
            throw ArchiveFailure.tooLarge(extractor.file, "more than \(extractor.limits.entries) entries")
        }
        guard let names = SafePath.components(path) else {
            // The root of the archive itself, as `tar -c .` writes it.
            if path.allSatisfy({ $0 == "." || $0 == "/" }), !path.contains(".."), !path.hasPrefix("/") { return nil }
            throw ArchiveFailure.hostile(extractor.file, path)
        }
        let plain = names.joined(separator: "/")
        return extractor.wants(plain) ? "\(directory)/\(plain)" : nil
    }

    /// Makes room for a file.
    mutating func begin(_ path: String, size: Int) throws(EvaluationError) {
        let limits = extractor.limits
        guard size <= limits.fileBytes, size <= limits.totalBytes - summary.bytes else {
            throw ArchiveFailure.tooLarge(extractor.file, "more than \(limits.totalBytes >> 20) MiB unpacked")
        }
        summary.files += 1
        summary.bytes += size
        try DatasetFiles.makeDirectory(DatasetFiles.parent(of: path))
    }

    mutating func skipLink(_ path: String) {
        if summary.links.count < 20 { summary.links.append(path) }
    }
}

import Compression
import Evaluation

/// Reads tar archives that are not to be trusted: ustar, POSIX and GNU extensions; no path leads out of the directory.
struct TarReader {
    /// Why an archive is refused.
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    private let bytes: [UInt8]
    private let limits: SandboxCopyLimits
    private var position = 0
    private var extensions = TarExtensions()
    private var found: [SandboxFile] = []
    private var total = 0

    /// All files of an archive; what is neither file, directory nor symbolic link is left out.
    static func read(_ bytes: [UInt8], limits: SandboxCopyLimits) throws -> [SandboxFile] {
        var reader = TarReader(bytes, limits)
        while try reader.readEntry() {}
        return reader.found
    }

    private init(_ bytes: [UInt8], _ limits: SandboxCopyLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    private mutating func readEntry() throws -> Bool {
        // Some writers leave the empty end blocks out.
        guard bytes.count - position >= TarHead.blockSize else { return false }
        let block = bytes[position..<position + TarHead.blockSize]
        if block.allSatisfy({ $0 == 0 }) { return false }
        guard var head = TarHead(block) else { throw Failure(description: "a head in the archive is damaged") }
        position += TarHead.blockSize
        guard head.kind != .extending else {
            guard extensions.add(head, content: try content(of: head)) else {
                throw Failure(description: "an extension in the archive is damaged")
            }
            return true
        }
        extensions.complete(&head)
        try take(head, try content(of: head))
        return true
    }

    private mutating func content(of head: TarHead) throws(Failure) -> ArraySlice<UInt8> {
        guard head.size <= bytes.count - position else { throw Failure(description: "the archive is cut off") }
        defer { position = min(position + head.size + head.filling, bytes.count) }
        return bytes[position..<position + head.size]
    }

    private mutating func take(_ head: TarHead, _ content: ArraySlice<UInt8>) throws {
        let path = try Self.safe(head.path)
        let entry: SandboxFile.Content
        switch head.kind {
        case .file: entry = .file(Array(content))
        case .hardLink:
            // A hard link has the content of a file that came before it.
            let target = try Self.safe(head.link)
            guard let original = found.first(where: { $0.path == target })?.bytes else { return }
            entry = .file(original)
        case .symbolicLink: entry = .symbolicLink(head.link)
        case .directory: entry = .directory
        case .extending, .other: return
        }
        if case .file(let bytes) = entry { total += bytes.count }
        guard total <= limits.bytes, found.count < limits.files else {
            throw SandboxFileError(
                .tooLarge, path: path, detail: "more than \(limits.bytes) bytes or \(limits.files) files")
        }
        found.append(SandboxFile(path, entry, permissions: head.permissions))
    }

    /// The path without `.` and empty parts; one that leads upwards is refused.
    private static func safe(_ name: String) throws(Failure) -> String {
        let parts = name.split(separator: "/").filter { $0 != "." }
        guard !parts.contains("..") else { throw Failure(description: "the archive names a path outside: \(name)") }
        return parts.joined(separator: "/")
    }
}

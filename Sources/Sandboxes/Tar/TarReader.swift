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
    private var longName: String?
    private var longLink: String?
    private var longSize: Int?
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
        guard position + 512 <= bytes.count else { return false }
        let head = bytes[position..<position + 512]
        if head.allSatisfy({ $0 == 0 }) { return false }
        guard checksumHolds(head) else { throw Failure(description: "a head in the archive is damaged") }
        let type = head[position + 156]
        let start = position + 512
        let size =
            type == UInt8(ascii: "x") || type == UInt8(ascii: "g") ? number(124, 12) : longSize ?? number(124, 12)
        guard size >= 0, size <= bytes.count - start else { throw Failure(description: "the archive is cut off") }
        let name = longName ?? headName()
        let link = longLink ?? text(157, 100)
        let permissions = UInt16(truncatingIfNeeded: number(100, 8) & 0o7777)
        position = start + (size + 511) / 512 * 512
        let content = bytes[start..<start + size]
        switch type {
        case UInt8(ascii: "x"): readRecords(content)
        case UInt8(ascii: "g"): break
        case UInt8(ascii: "L"): longName = Self.cString(content)
        case UInt8(ascii: "K"): longLink = Self.cString(content)
        default:
            (longName, longLink, longSize) = (nil, nil, nil)
            try take(type, name, link, permissions, content)
        }
        return true
    }

    private mutating func take(
        _ type: UInt8, _ name: String, _ link: String, _ permissions: UInt16, _ content: ArraySlice<UInt8>
    ) throws {
        let path = try Self.safe(name)
        let entry: SandboxFile.Content
        switch type {
        case UInt8(ascii: "0"), 0, UInt8(ascii: "7"): entry = .file(Array(content))
        case UInt8(ascii: "1"):
            // A hard link has the content of a file that came before it.
            let target = try Self.safe(link)
            guard let original = found.first(where: { $0.path == target })?.bytes else { return }
            entry = .file(original)
        case UInt8(ascii: "2"): entry = .symbolicLink(link)
        case UInt8(ascii: "5"): entry = .directory
        default: return
        }
        if case .file(let bytes) = entry { total += bytes.count }
        guard total <= limits.bytes, found.count < limits.files else {
            throw SandboxFileError(
                .tooLarge, path: path, detail: "more than \(limits.bytes) bytes or \(limits.files) files")
        }
        found.append(SandboxFile(path, entry, permissions: permissions))
    }

    /// The path without `.` and empty parts; one that leads upwards is refused.
    private static func safe(_ name: String) throws(Failure) -> String {
        let parts = name.split(separator: "/").filter { $0 != "." }
        guard !parts.contains("..") else { throw Failure(description: "the archive names a path outside: \(name)") }
        return parts.joined(separator: "/")
    }

    private func headName() -> String {
        let name = text(0, 100)
        let isPosix = text(257, 5) == "ustar" && bytes[position + 263] == UInt8(ascii: "0")
        let prefix = isPosix ? text(345, 155) : ""
        return prefix.isEmpty ? name : "\(prefix)/\(name)"
    }

    private func text(_ offset: Int, _ width: Int) -> String {
        Self.cString(bytes[(position + offset)..<(position + offset + width)])
    }

    private static func cString(_ field: ArraySlice<UInt8>) -> String {
        String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// A number in octal, or in binary where its first bit says so; -1 when it is neither.
    private func number(_ offset: Int, _ width: Int) -> Int {
        let field = bytes[(position + offset)..<(position + offset + width)]
        if let first = field.first, first & 0x80 != 0 {
            return field.dropFirst(width - 7).reduce(0) { $0 << 8 | Int($1) }
        }
        let digits = field.filter { $0 != 0 && $0 != UInt8(ascii: " ") }
        return digits.isEmpty ? 0 : Int(String(decoding: digits, as: UTF8.self), radix: 8) ?? -1
    }

    private func checksumHolds(_ head: ArraySlice<UInt8>) -> Bool {
        var sum = 0
        for (offset, byte) in head.enumerated() { sum += (148..<156).contains(offset) ? 32 : Int(byte) }
        return sum == number(148, 8)
    }

    private mutating func readRecords(_ content: ArraySlice<UInt8>) {
        var rest = content
        while let space = rest.firstIndex(of: UInt8(ascii: " ")),
            let length = Int(String(decoding: rest[..<space], as: UTF8.self)), length > 0, length <= rest.count
        {
            let record = rest.prefix(length).dropFirst(space - rest.startIndex + 1).dropLast()
            rest = rest.dropFirst(length)
            guard let equals = record.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let value = String(decoding: record[record.index(after: equals)...], as: UTF8.self)
            switch String(decoding: record[..<equals], as: UTF8.self) {
            case "path": longName = value
            case "linkpath": longLink = value
            case "size": longSize = Int(value)
            default: break
            }
        }
    }
}

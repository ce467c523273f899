import Evaluation

/// Writes tar archives as the engine reads them: ustar heads, with POSIX extension records where a name does not fit.
struct TarWriter {
    /// Who owns what is written.
    var userID = 0
    var groupID = 0
    private var bytes: [UInt8] = []

    init(userID: Int = 0, groupID: Int = 0) {
        self.userID = userID
        self.groupID = groupID
    }

    /// Adds a file, directory or link.
    mutating func add(_ file: SandboxFile) {
        switch file.content {
        case .file(let content): add(file, type: "0", content)
        case .directory: add(file, type: "5", [])
        case .symbolicLink(let target): add(file, type: "2", [], link: target)
        }
    }

    /// The archive, with the two empty blocks that end it.
    consuming func finish() -> [UInt8] {
        bytes += [UInt8](repeating: 0, count: 1024)
        return bytes
    }

    private mutating func add(_ file: SandboxFile, type: Character, _ content: [UInt8], link: String = "") {
        let name = type == "5" && !file.path.hasSuffix("/") ? file.path + "/" : file.path
        var records: [UInt8] = []
        if name.utf8.count > 100 { records += Self.record("path", name) }
        if link.utf8.count > 100 { records += Self.record("linkpath", link) }
        if content.count >= 1 << 33 { records += Self.record("size", String(content.count)) }
        if !records.isEmpty {
            append(Head(name: "././@PaxHeader", type: "x", size: records.count, permissions: 0o644), records)
        }
        append(Head(name: name, link: link, type: type, size: content.count, permissions: file.permissions), content)
    }

    private struct Head {
        var name: String
        var link = ""
        var type: Character
        var size: Int
        var permissions: UInt16
    }

    private mutating func append(_ head: Head, _ content: [UInt8]) {
        var block = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, at offset: Int, width: Int) {
            for (index, byte) in text.utf8.prefix(width).enumerated() { block[offset + index] = byte }
        }
        func octal(_ value: Int, at offset: Int, width: Int) {
            let digits = String(value, radix: 8)
            let room = width - 1
            // Too large for its field: the extension record says it.
            let shown = digits.count <= room ? digits : String(repeating: "7", count: room)
            put(String(repeating: "0", count: room - shown.count) + shown, at: offset, width: room)
        }
        put(head.name, at: 0, width: 100)
        octal(Int(head.permissions & 0o7777), at: 100, width: 8)
        octal(userID, at: 108, width: 8)
        octal(groupID, at: 116, width: 8)
        octal(head.size, at: 124, width: 12)
        // A fixed time: the same files make the same bytes.
        octal(0, at: 136, width: 12)
        put("        ", at: 148, width: 8)
        put(String(head.type), at: 156, width: 1)
        put(head.link, at: 157, width: 100)
        put("ustar\u{0}00", at: 257, width: 8)
        let sum = block.reduce(0) { $0 + Int($1) }
        octal(sum, at: 148, width: 7)
        block[154] = 0
        bytes += block
        bytes += content
        bytes += [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
    }

    /// An extension record counts its own length's digits too.
    private static func record(_ key: String, _ value: String) -> [UInt8] {
        let rest = " \(key)=\(value)\n"
        var length = rest.utf8.count + 1
        while String(length).utf8.count + rest.utf8.count != length {
            length = String(length).utf8.count + rest.utf8.count
        }
        return Array("\(length)\(rest)".utf8)
    }
}

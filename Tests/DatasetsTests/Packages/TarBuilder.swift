/// Makes tar files as other programs write them.
struct TarBuilder {
    private(set) var bytes: [UInt8] = []

    /// Adds an entry.
    mutating func add(_ path: String, _ content: String = "", type: Character = "0", link: String = "") {
        let content = Array(content.utf8)
        bytes += Self.header(path, size: content.count, type: type, link: link)
        bytes += content + [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
    }

    /// Adds an extended header with these records.
    mutating func addExtended(_ records: [(String, String)], type: Character = "x") {
        var text = ""
        for (key, value) in records {
            let rest = " \(key)=\(value)\n"
            var length = rest.utf8.count + 1
            while String(length).utf8.count + rest.utf8.count != length { length += 1 }
            text += "\(length)\(rest)"
        }
        add("pax", text, type: type)
    }

    /// The file with its end.
    var finished: [UInt8] { bytes + [UInt8](repeating: 0, count: 1024) }

    private static func header(_ path: String, size: Int, type: Character, link: String) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, at offset: Int) {
            block.replaceSubrange(offset..<(offset + text.utf8.count), with: text.utf8)
        }
        func octal(_ number: Int, _ digits: Int) -> String {
            let text = String(number, radix: 8)
            return String(repeating: "0", count: digits - text.count) + text
        }
        put(String(path.prefix(100)), at: 0)
        put(octal(0o644, 7), at: 100)
        put(octal(size, 11), at: 124)
        put(String(repeating: " ", count: 8), at: 148)
        put(String(type), at: 156)
        put(link, at: 157)
        put("ustar", at: 257)
        put("00", at: 263)
        let sum = block.reduce(0) { $0 + Int($1) }
        put(octal(sum, 6), at: 148)
        block[154] = 0
        return block
    }
}

/// Makes zip files without packing anything.
struct ZipBuilder {
    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    mutating func add(_ path: String, _ content: String, mode: Int = 0o100644, checksum: UInt32? = nil) {
        let content = Array(content.utf8)
        let name = Array(path.utf8)
        let check = checksum ?? Self.checksum(content)
        let common =
            Self.word(20, 2) + Self.word(0, 8) + Self.word(Int(check), 4)
            + Self.word(content.count, 4) + Self.word(content.count, 4) + Self.word(name.count, 2) + Self.word(0, 2)
        let offset = bytes.count
        bytes += [0x50, 0x4B, 3, 4] + common + name + content
        directory +=
            [0x50, 0x4B, 1, 2] + Self.word(20, 2) + common + Self.word(0, 6) + Self.word(mode << 16, 4)
            + Self.word(offset, 4) + name
        count += 1
    }

    var finished: [UInt8] {
        bytes + directory + [0x50, 0x4B, 5, 6] + Self.word(0, 4) + Self.word(count, 2) + Self.word(count, 2)
            + Self.word(directory.count, 4) + Self.word(bytes.count, 4) + Self.word(0, 2)
    }

    private static func word(_ number: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var check: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            check ^= UInt32(byte)
            for _ in 0..<8 { check = check & 1 == 0 ? check >> 1 : check >> 1 ^ 0xEDB8_8320 }
        }
        return ~check
    }
}

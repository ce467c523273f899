/// An entry of a tar file.
struct TarEntry: Sendable, Hashable {
    /// What an entry is.
    enum Kind: Sendable, Hashable {
        case file, directory, link, other
    }

    var path: String
    var kind: Kind
    var size: Int
    var isExecutable: Bool
}

/// A block of 512 bytes that begins an entry.
struct TarHeader {
    var path: String
    var type: UInt8
    var size: Int
    var isExecutable: Bool

    /// Nil where the block is no header: its checksum says so.
    init?(_ block: [UInt8]) {
        var sum = 0
        for (index, byte) in block.enumerated() { sum += (148..<156).contains(index) ? 32 : Int(byte) }
        guard block.count == 512, Self.number(block[148..<156]) == sum, let size = Self.number(block[124..<136]),
            let mode = Self.number(block[100..<108])
        else { return nil }
        self.size = size
        isExecutable = mode & 0o100 != 0
        type = block[156]
        let name = Self.text(block[0..<100])
        let isPOSIX = Self.text(block[257..<263]) == "ustar"
        let prefix = isPOSIX ? Self.text(block[345..<500]) : ""
        path = prefix.isEmpty ? name : "\(prefix)/\(name)"
    }

    var kind: TarEntry.Kind {
        switch type {
        case 0, UInt8(ascii: "0"), UInt8(ascii: "7"): path.hasSuffix("/") ? .directory : .file
        case UInt8(ascii: "5"): .directory
        case UInt8(ascii: "1"), UInt8(ascii: "2"): .link
        default: .other
        }
    }

    /// A number in octal digits, or, where they do not suffice, in binary behind a set bit.
    private static func number(_ field: ArraySlice<UInt8>) -> Int? {
        if let first = field.first, first & 0x80 != 0 {
            var value = Int(first & 0x3F)
            for byte in field.dropFirst() {
                guard value < 1 << 48 else { return nil }
                value = value << 8 | Int(byte)
            }
            return first & 0x40 == 0 ? value : nil
        }
        let digits = field.drop { $0 == 32 }.prefix { $0 != 0 && $0 != 32 }
        if digits.isEmpty { return 0 }
        return Int(String(decoding: digits, as: UTF8.self), radix: 8).flatMap { $0 >= 0 ? $0 : nil }
    }

    private static func text(_ field: ArraySlice<UInt8>) -> String {
        String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
    }
}

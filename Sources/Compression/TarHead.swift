/// What an entry of a tar archive says of itself before its content.
///
/// The POSIX format with its extensions, and GNU's, as git, GitHub, the container engines and tar write them. What
/// ``Kind/extending`` entries say of an entry is not in its head: ``TarExtensions`` puts it there.
///
/// ```swift
/// guard let head = TarHead(block) else { … }  // no tar archive
/// ```
public struct TarHead: Sendable, Hashable {
    /// What an entry is.
    public enum Kind: Sendable, Hashable {
        /// A file with its content.
        case file
        /// A directory.
        case directory
        /// A symbolic link.
        case symbolicLink
        /// A second name of a file that came before.
        case hardLink
        /// Something that says more of the entry after it, or of the whole archive.
        case extending
        /// A device or the like.
        case other
    }

    /// How many bytes a head has; an entry's content is filled up to a multiple of it.
    public static let blockSize = 512

    /// The path as it stands there: nothing says that it does not lead out of a directory.
    public var path: String
    /// Where a link leads.
    public var link: String
    /// Bytes of content, at least 0.
    public var size: Int
    /// The permission bits.
    public let permissions: UInt16
    /// The letter for what it is.
    let type: UInt8

    /// Reads a head; nil where the block is none: its checksum says so.
    public init?(_ block: some RandomAccessCollection<UInt8>) {
        let block = Array(block)
        guard block.count == Self.blockSize else { return nil }
        var sum = 0
        for (index, byte) in block.enumerated() { sum += (148..<156).contains(index) ? 32 : Int(byte) }
        guard Self.number(block[148..<156]) == sum, let size = Self.number(block[124..<136]),
            let mode = Self.number(block[100..<108])
        else { return nil }
        self.size = size
        permissions = UInt16(mode & 0o7777)
        type = block[156]
        let name = Self.text(block[0..<100])
        // GNU's format has a space where POSIX has a zero, and other things where POSIX has the path's beginning.
        let isPOSIX = block[257..<263].elementsEqual("ustar\0".utf8)
        let prefix = isPOSIX ? Self.text(block[345..<500]) : ""
        path = prefix.isEmpty ? name : "\(prefix)/\(name)"
        link = Self.text(block[157..<257])
    }

    /// What the entry is.
    public var kind: Kind {
        switch type {
        // The oldest format marks a directory by the end of its path.
        case 0, UInt8(ascii: "0"), UInt8(ascii: "7"): path.hasSuffix("/") ? .directory : .file
        case UInt8(ascii: "1"): .hardLink
        case UInt8(ascii: "2"): .symbolicLink
        case UInt8(ascii: "5"): .directory
        case UInt8(ascii: "x"), UInt8(ascii: "g"), UInt8(ascii: "L"), UInt8(ascii: "K"): .extending
        default: .other
        }
    }

    /// Bytes between the end of the content and the next head.
    public var filling: Int { (Self.blockSize - size % Self.blockSize) % Self.blockSize }

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

    static func text(_ field: ArraySlice<UInt8>) -> String {
        String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
    }
}

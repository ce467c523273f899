/// What the extending entries of a tar archive say: of the entry after them, and of the archive.
///
/// A reader adds the content of every entry of the kind ``TarHead/Kind/extending``, and completes every other head.
public struct TarExtensions: Sendable, Hashable {
    /// The comment on the whole archive, where git writes the commit.
    public private(set) var comment: String?
    private var path: String?
    private var link: String?
    private var size: Int?

    /// Nothing was said yet.
    public init() {}

    /// Takes in an extending entry by its head and content; false where the content is damaged.
    public mutating func add(_ head: TarHead, content: ArraySlice<UInt8>) -> Bool {
        switch head.type {
        case UInt8(ascii: "L"): path = TarHead.text(content)
        case UInt8(ascii: "K"): link = TarHead.text(content)
        default:
            guard let records = Self.records(content) else { return false }
            guard head.type == UInt8(ascii: "x") else {
                comment = records["comment"] ?? comment
                return true
            }
            path = records["path"] ?? path
            link = records["linkpath"] ?? link
            if let said = records["size"].flatMap({ Int($0) }) {
                guard said >= 0 else { return false }
                size = said
            }
        }
        return true
    }

    /// Puts what was said of an entry into its head, and forgets it.
    public mutating func complete(_ head: inout TarHead) {
        head.path = path ?? head.path
        head.link = link ?? head.link
        head.size = size ?? head.size
        (path, link, size) = (nil, nil, nil)
    }

    /// The records `12 path=name` of a POSIX extension: each begins with its own length.
    private static func records(_ content: ArraySlice<UInt8>) -> [String: String]? {
        var rest = content
        var records: [String: String] = [:]
        while let space = rest.firstIndex(of: UInt8(ascii: " ")) {
            guard let length = Int(String(decoding: rest[..<space], as: UTF8.self)),
                length > space - rest.startIndex + 1, length <= rest.count
            else { return nil }
            let record = rest[(space + 1)..<(rest.startIndex + length)].dropLast()
            if let equals = record.firstIndex(of: UInt8(ascii: "=")) {
                records[String(decoding: record[..<equals], as: UTF8.self)] =
                    String(decoding: record[(equals + 1)...], as: UTF8.self)
            }
            rest = rest.dropFirst(length)
        }
        return records
    }
}

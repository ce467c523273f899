import Evaluation

/// Paths of the viewer's pages: made of ids that may hold anything, and read back.
///
/// Every byte but letters, digits, `-` and `_` is percent-encoded. Browsers take `.` and `..` for steps even when they are
/// encoded, and drop empty parts: such ids, and those that begin with `~`, get a `~` in front.
enum ViewerLink {
    /// One part of a path.
    static func part(_ text: String) -> String {
        let needsMark = text.isEmpty || text == "." || text == ".." || text.hasPrefix("~")
        return (needsMark ? "~" : "") + encoded(text)
    }

    /// The parts of a path as they were before ``part(_:)``; nil where it is not of this making.
    static func parts(of path: String) -> [String]? {
        var parts: [String] = []
        for piece in path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: true) {
            guard var text = decoded(piece, plusIsBlank: false) else { return nil }
            if text.hasPrefix("~") { text.removeFirst() }
            parts.append(text)
        }
        return parts
    }

    static func run(_ key: String, _ state: ListState = ListState()) -> String { "/run/\(part(key))" + state.query() }

    static func episode(_ key: String, _ id: EpisodeID, _ state: ListState = ListState()) -> String {
        "/run/\(part(key))/episode/\(part(id.task))/\(part(id.sample))/\(id.trial)" + state.query()
    }

    static func compare(_ values: [(String, String?)]) -> String { "/compare" + query(values) }

    /// A query of the values that are there.
    static func query(_ values: [(String, String?)]) -> String {
        let pairs = values.compactMap { name, value in value.map { "\(name)=\(encoded($0))" } }
        return pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")
    }

    /// The values of a query by name; the first of several holds, and what cannot be read is left out.
    static func values(of query: String?) -> [String: String] {
        var values: [String: String] = [:]
        for pair in (query ?? "").utf8.split(separator: UInt8(ascii: "&")).prefix(64) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decoded(parts[0], plusIsBlank: true) else { continue }
            guard let value = parts.count > 1 ? decoded(parts[1], plusIsBlank: true) : "" else { continue }
            if values[name] == nil { values[name] = value }
        }
        return values
    }

    static func encoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "~"):
                bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), hexadecimal(byte >> 4), hexadecimal(byte & 15)]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Nil where a `%` has no two digits behind it, or the bytes are no UTF-8.
    private static func decoded(_ text: Substring.UTF8View, plusIsBlank: Bool) -> String? {
        var bytes: [UInt8] = []
        var rest = text[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                guard let high = rest.popFirst().flatMap(value), let low = rest.popFirst().flatMap(value)
                else { return nil }
                bytes.append(high << 4 | low)
            } else {
                bytes.append(plusIsBlank && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func hexadecimal(_ digit: UInt8) -> UInt8 {
        digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

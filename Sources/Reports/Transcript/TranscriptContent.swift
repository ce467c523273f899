public import JSON

/// A text of a transcript, recognised as what it is.
public struct TranscriptContent: Sendable, Hashable {
    /// What a text is.
    public enum Shape: Sendable, Hashable {
        /// Words.
        case plain
        /// JSON, which ``TranscriptContent/text`` has indented.
        case json
        /// A patch.
        case diff(UnifiedDiff)
    }

    /// The text as it is shown: cut, and indented where it is JSON.
    public let text: String
    /// What it is.
    public let shape: Shape
    /// How many bytes were cut off.
    public let omitted: Int

    /// Looks at a text and cuts it to so many bytes.
    public init(_ text: String, limit: Int) {
        let (kept, omitted) = Self.cut(text, to: limit)
        if let diff = UnifiedDiff(kept) {
            self.init(text: kept, shape: .diff(diff), omitted: omitted)
        } else if omitted == 0, let pretty = Self.indented(kept, limit: limit) {
            self.init(text: pretty, shape: .json, omitted: 0)
        } else {
            self.init(text: kept, shape: .plain, omitted: omitted)
        }
    }

    /// Takes a value, indented and cut to so many bytes.
    public init(_ value: JSONValue, limit: Int) {
        if let text = value.stringValue {
            self.init(text, limit: limit)
        } else {
            let (kept, omitted) = Self.cut(value.text(.pretty), to: limit)
            self.init(text: kept, shape: .json, omitted: omitted)
        }
    }

    private init(text: String, shape: Shape, omitted: Int) {
        self.text = text
        self.shape = shape
        self.omitted = omitted
    }

    /// A whole object or list on its own; nil where the text is no JSON, or too long when indented.
    private static func indented(_ text: String, limit: Int) -> String? {
        guard let first = text.utf8.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return nil }
        // Not JSON after all: shown as it is.
        guard let value = try? JSONValue.parse(text) else { return nil }
        let pretty = value.text(.pretty)
        return pretty.utf8.count <= limit + limit / 2 ? pretty : nil
    }

    /// The first bytes of a text, cut between characters, and how many bytes are left out.
    static func cut(_ text: String, to limit: Int) -> (kept: String, omitted: Int) {
        let count = text.utf8.count
        guard count > limit else { return (text, 0) }
        var end = text.utf8.index(text.startIndex, offsetBy: max(0, limit))
        while end > text.startIndex, end.samePosition(in: text.unicodeScalars) == nil {
            end = text.utf8.index(before: end)
        }
        let kept = String(text[..<end])
        return (kept, count - kept.utf8.count)
    }
}

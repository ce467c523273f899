/// Text on its way into HTML.
public enum HTMLText {
    /// The text with everything that HTML could take for markup replaced, safe in elements and in quoted attributes.
    ///
    /// Control characters and marks that change the direction of writing become visible too (``VisibleText``).
    public static func escape(_ text: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        let source = VisibleText.make(text)
        bytes.reserveCapacity(source.utf8.count + source.utf8.count / 16)
        for byte in source.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes += Array("&amp;".utf8)
            case UInt8(ascii: "<"): bytes += Array("&lt;".utf8)
            case UInt8(ascii: ">"): bytes += Array("&gt;".utf8)
            case UInt8(ascii: "\""): bytes += Array("&quot;".utf8)
            case UInt8(ascii: "'"): bytes += Array("&#39;".utf8)
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// A piece of HTML that is safe by the way in which it is made.
///
/// What is interpolated into a literal is escaped, unless it is a piece of HTML itself:
///
/// ```swift
/// let row: HTML = "<tr><td>\(name)</td><td>\(NumberText.fixed(value))</td></tr>"
/// ```
public struct HTML: Sendable, ExpressibleByStringInterpolation {
    /// The markup.
    public private(set) var text: String

    /// Nothing.
    public init() { text = "" }

    /// Takes markup that is known to be safe: our own.
    public init(markup: String) { text = markup }

    /// Takes a literal, which is markup.
    public init(stringLiteral value: String) { text = value }

    /// Takes a literal with what was interpolated.
    public init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

    /// Collects a literal's parts.
    public struct Interpolation: StringInterpolationProtocol {
        fileprivate var text: String

        /// Begins a literal.
        public init(literalCapacity: Int, interpolationCount: Int) {
            text = ""
            text.reserveCapacity(literalCapacity + 16 * interpolationCount)
        }

        /// Takes a part that stands in the program.
        public mutating func appendLiteral(_ literal: String) { text += literal }

        /// Takes a text, escaped.
        public mutating func appendInterpolation(_ value: some StringProtocol) { text += HTMLText.escape(value) }

        /// Takes a number.
        public mutating func appendInterpolation(_ value: Int) { text += String(value) }

        /// Takes a piece of HTML as it is.
        public mutating func appendInterpolation(_ value: HTML) { text += value.text }

        /// Takes pieces of HTML one after the other.
        public mutating func appendInterpolation(_ values: [HTML]) {
            for value in values { text += value.text }
        }

        /// Takes a piece of HTML, or nothing.
        public mutating func appendInterpolation(_ value: HTML?) { if let value { text += value.text } }
    }

    /// Whether there is no markup.
    public var isEmpty: Bool { text.isEmpty }

    /// Adds a piece at the end.
    public static func += (left: inout HTML, right: HTML) { left.text += right.text }
}

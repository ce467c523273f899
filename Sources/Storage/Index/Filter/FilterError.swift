/// What is wrong with a filter expression, and where.
public struct FilterError: Error, Sendable, Hashable {
    /// The expression as it was given.
    public let expression: String
    /// What is wrong, in one sentence.
    public let message: String
    /// Where, in characters counted from 0; the expression's length where something is missing at its end.
    public let offset: Int
    /// How many characters are to blame, at least 1.
    public let length: Int
    /// What to do about it, such as the name that was probably meant.
    public let advice: String?

    init(_ message: String, at offset: Int, length: Int = 1, advice: String? = nil, in expression: String) {
        self.expression = expression
        self.message = message
        self.offset = offset
        self.length = max(1, length)
        self.advice = advice
    }
}

extension FilterError: CustomStringConvertible {
    /// The message, the expression with a mark under the place, and the advice.
    public var description: String {
        let shown = expression.map { $0.isNewline || $0 == "\t" ? " " : $0 }
        // A window around the place, so that the mark stays on a terminal's line.
        let start = max(0, offset - 50)
        let line = String(shown.dropFirst(start).prefix(100))
        let mark = String(repeating: " ", count: offset - start) + String(repeating: "^", count: min(length, 50))
        var lines = ["\(message), at character \(offset + 1)", "  \(line)", "  \(mark)"]
        if let advice { lines.append("  \(advice)") }
        return lines.joined(separator: "\n")
    }
}

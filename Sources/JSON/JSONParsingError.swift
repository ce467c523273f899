/// Why a text is not the JSON that was asked for, and where.
public struct JSONParsingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, without the place.
    public let message: String
    /// The zero-based byte offset of the place.
    public let offset: Int
    /// The one-based line; lines end with a line feed.
    public let line: Int
    /// The one-based column, counted in Unicode code points as editors and Python do, not in bytes.
    public let column: Int

    /// Makes an error from its parts.
    public init(message: String, offset: Int, line: Int, column: Int) {
        self.message = message
        self.offset = offset
        self.line = line
        self.column = column
    }

    /// The message with line and column: `line 3, column 14: expected ',' or '}' in object`.
    public var description: String { "line \(line), column \(column): \(message)" }
}

/// Why a text is not TOML, and where.
struct TOMLParsingError: Error, Hashable, CustomStringConvertible {
    /// What is wrong, without the place.
    var message: String
    /// The one-based line.
    var line: Int
    /// The one-based column, counted in code points.
    var column: Int

    /// The message with its place: `line 3, column 14: expected '=' after the key`.
    var description: String { "line \(line), column \(column): \(message)" }
}

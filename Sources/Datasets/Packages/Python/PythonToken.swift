/// A token of Python source.
struct PythonToken: Sendable, Hashable {
    /// What a token is.
    enum Kind: Sendable, Hashable {
        /// A name or keyword.
        case name(String)
        /// A string with its escapes resolved.
        case string(String)
        /// A string that is no constant: `f"…"`, `b"…"`.
        case otherString
        /// A number as written, without underscores.
        case number(String)
        /// One character of punctuation.
        case symbol(Character)
    }

    var kind: Kind
    /// The one-based line.
    var line: Int
    /// Whether the token begins its line, with nothing before it.
    var startsLine: Bool
}

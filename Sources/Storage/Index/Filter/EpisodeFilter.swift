/// A filter over a run's episodes, read from an expression such as
/// `outcome = errored and turns > 10 and text ~ "refund"`.
///
/// Fields are those of ``FilterField``. Comparisons are `=`, `!=`, `<`, `<=`, `>`, `>=`, `~` (contains), `!~`,
/// `in (…)` and `has(FIELD)`; they are joined by `and`, `or`, `not` and parentheses. A comparison with something that an
/// episode does not have is false. What an expression says becomes values that are bound to prepared statements, never
/// SQL text.
public struct EpisodeFilter: Sendable, Hashable {
    /// The expression as it was given.
    public let expression: String
    let root: FilterNode

    /// The longest expression, in characters.
    public static let longest = 4_000

    /// Reads an expression.
    ///
    /// Throws ``FilterError``, which says where, for anything that is not understood.
    public init(_ expression: String) throws(FilterError) {
        guard expression.count <= Self.longest else {
            throw FilterError(
                "the expression has more than \(Self.longest) characters", at: Self.longest,
                in: String(expression.prefix(Self.longest)))
        }
        self.expression = expression
        var parser = try FilterParser(expression)
        root = try parser.parse()
    }
}

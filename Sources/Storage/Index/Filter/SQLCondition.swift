import GRDB

/// A piece of SQL with the values that are bound to its marks.
///
/// The text is made of constants of this room only; everything from outside is a value.
struct SQLCondition {
    var sql: String
    var values: [DatabaseValue]

    init(_ sql: String, _ values: [DatabaseValue] = []) {
        self.sql = sql
        self.values = values
    }

    /// What always holds.
    static let always = Self("1")

    /// Conditions that must all hold.
    static func all(_ parts: [Self]) -> Self { joined(parts, " AND ") ?? always }

    /// Conditions of which one must hold.
    static func any(_ parts: [Self]) -> Self { joined(parts, " OR ") ?? Self("0") }

    private static func joined(_ parts: [Self], _ word: String) -> Self? {
        guard let first = parts.first else { return nil }
        guard parts.count > 1 else { return first }
        return Self(parts.map { "(\($0.sql))" }.joined(separator: word), parts.flatMap(\.values))
    }

    /// The opposite, where what is unknown counts as not so.
    var negated: Self { Self("NOT coalesce((\(sql)), 0)", values) }
}

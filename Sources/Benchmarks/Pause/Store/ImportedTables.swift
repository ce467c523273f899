/// Minute tables that were read from the user's own Fitabase exports.
public struct ImportedTables: Sendable, Hashable {
    /// The id of the person in the exports.
    public var userID: String
    /// The tables at their original dates.
    public var tables: WearableTables

    /// Describes imported tables.
    public init(userID: String, tables: WearableTables) {
        self.userID = userID
        self.tables = tables
    }
}

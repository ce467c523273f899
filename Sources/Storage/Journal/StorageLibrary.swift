public import Evaluation
import GRDB

/// The library that journals are kept with.
public struct StorageLibrary: Sendable {
    /// SQLite's release.
    public let version: String
    /// Whether it can search texts (FTS5), which the viewer's search uses.
    public let hasFullTextSearch: Bool

    /// Asks the library.
    ///
    /// Throws ``EvaluationError``, cause `gage`, when it cannot even open a database in memory.
    public init() throws(EvaluationError) {
        do {
            (version, hasFullTextSearch) = try DatabaseQueue().read { database in
                let version = try String.fetchOne(database, sql: "SELECT sqlite_version()") ?? "unknown"
                let options = try Set(String.fetchAll(database, sql: "PRAGMA compile_options"))
                return (version, options.contains("ENABLE_FTS5"))
            }
        } catch {
            throw JournalDatabase.wrap(error, "cannot use SQLite")
        }
    }
}

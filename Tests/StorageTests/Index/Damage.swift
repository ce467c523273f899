import GRDB

/// Spoils journals the way gage itself never would.
enum Damage {
    /// Executes a statement on a run's journal.
    static func execute(_ sql: String, in runDirectory: String) throws {
        let queue = try DatabaseQueue(path: runDirectory + "/run.sqlite")
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }
}

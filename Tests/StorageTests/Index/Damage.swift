import GRDB

/// Spoils journals the way gage itself never would.
enum Damage {
    /// Executes a statement on a run's journal, or on another database in its directory.
    static func execute(_ sql: String, in runDirectory: String, file: String = "run.sqlite") throws {
        let queue = try DatabaseQueue(path: runDirectory + "/" + file)
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }
}

import Evaluation
import GRDB

/// The statements that write episodes.
enum JournalStatements {
    /// The columns that say which episode a row is of.
    static let nameColumns = ["task", "sample_id", "trial", "task_ordinal", "sample_ordinal", "revision"]

    private static let insertion: String = {
        let columns = nameColumns + EpisodeRow.columns
        let marks = Array(repeating: "?", count: columns.count).joined(separator: ", ")
        return "INSERT INTO episode (\(columns.joined(separator: ", "))) VALUES (\(marks))"
    }()

    private static let update: String = {
        let settings = (["task_ordinal", "sample_ordinal", "revision"] + EpisodeRow.columns).map { "\($0) = ?" }
        return "UPDATE episode SET \(settings.joined(separator: ", ")) WHERE id = ?"
    }()

    /// What an earlier version keeps; its trajectory only where the new one differs.
    private static let archiving = """
        INSERT INTO earlier_episode
            (episode, revision, replaced_by, replaced_at, outcome, cause, reason, started_at, duration, error, scores,
             verdicts, prediction, trajectory)
        SELECT id, revision, ?, ?, outcome, cause, reason, started_at, duration, error, scores, verdicts, prediction,
            CASE WHEN trajectory IS ? THEN NULL ELSE trajectory END
        FROM episode WHERE id = ?
        """

    private static let search = """
        SELECT id, revision FROM episode WHERE task = ? AND sample_id = ? AND trial = ?
        """

    /// Writes a row that is not there yet.
    static func insert(_ row: EpisodeRow, revision: Int, into database: Database) throws {
        let names: [DatabaseValue] = [
            row.id.task.databaseValue, row.id.sample.databaseValue, row.id.trial.databaseValue,
            row.position.task.databaseValue, row.position.sample.databaseValue, revision.databaseValue,
        ]
        do {
            try database.cachedStatement(sql: insertion).execute(arguments: StatementArguments(names + row.values))
        } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE {
            throw StorageFailure.plain("episode \(row.id) is in the journal already")
        }
    }

    /// Writes a row over an earlier version, which goes into the archive.
    static func replace(_ row: EpisodeRow, because reason: String, now: Double, in database: Database) throws {
        let key: StatementArguments = [row.id.task, row.id.sample, row.id.trial]
        guard let found = try Row.fetchOne(database.cachedStatement(sql: search), arguments: key) else {
            return try insert(row, revision: 1, into: database)
        }
        let identifier: Int64 = found["id"]
        let revision: Int = found["revision"]
        let trajectory = row.values.last ?? .null
        try database.cachedStatement(sql: archiving).execute(arguments: [reason, now, trajectory, identifier])
        let names: [DatabaseValue] = [
            row.position.task.databaseValue, row.position.sample.databaseValue, (revision + 1).databaseValue,
        ]
        let values = names + row.values + [identifier.databaseValue]
        try database.cachedStatement(sql: update).execute(arguments: StatementArguments(values))
    }
}

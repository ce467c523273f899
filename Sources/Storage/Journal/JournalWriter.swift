public import Evaluation
import GRDB
public import JSON

/// The one writer of a run's journal.
///
/// An episode exists when its row is committed: once ``commit(_:at:)`` has returned, the row survives the end of the
/// process however it ends. Commits that come at the same time share a transaction.
public final class JournalWriter: Sendable {
    /// Reads the same journal, also while it is written.
    public let journal: Journal
    private let path: String
    private let pool: DatabasePool
    private let queue: CommitQueue

    private init(path: String, pool: DatabasePool) {
        self.path = path
        self.pool = pool
        queue = CommitQueue(pool)
        journal = Journal(reader: pool)
    }

    /// Makes the journal of a new run.
    ///
    /// Throws ``EvaluationError``, cause `gage`, when the file system cannot hold it or it holds a run already.
    public static func create(at path: String, run: RunMetadata) async throws(EvaluationError) -> JournalWriter {
        let writer = JournalWriter(path: path, pool: try JournalDatabase.openForWriting(path))
        try await writer.begin(run)
        return writer
    }

    /// Writes down which run the journal is of.
    ///
    /// Part of ``create(at:run:)``, and of going on with a run whose process died before it had come so far. Throws
    /// ``EvaluationError``, cause `gage`, when the journal says so already or the disk does not allow it.
    public func begin(_ run: RunMetadata) async throws(EvaluationError) {
        try await queue.submit { try JournalStatements.insert(run, into: $0) }
    }

    /// Opens the journal of a run that has begun, to go on in it; takes older versions to the newest.
    ///
    /// Throws ``EvaluationError``: cause `configuration` when it is no journal or of a newer gage, `gage` otherwise.
    public static func open(_ path: String) throws(EvaluationError) -> JournalWriter {
        guard FileSystem.exists(path) else { throw StorageFailure.request("there is no journal at \(path)") }
        return JournalWriter(path: path, pool: try JournalDatabase.openForWriting(path))
    }

    /// Writes a finished episode and returns once its row is committed.
    ///
    /// Throws ``EvaluationError``, cause `gage`, when the disk does not allow it or the episode is in the journal
    /// already; then it is as it was.
    public func commit(_ record: EpisodeRecord, at position: EpisodePosition) async throws(EvaluationError) {
        let row = EpisodeRow(record, at: position)
        try await queue.submit { try JournalStatements.insert(row, revision: 1, into: $0) }
    }

    /// Writes a finished episode in the place of an earlier version, which is kept beside it.
    ///
    /// An episode that is not in the journal is simply written. `reason` says what made the new version: `retry` or
    /// `rescoring`. The earlier version keeps its trajectory unless the new one has the same. Throws
    /// ``EvaluationError``, cause `gage`, when the disk does not allow it.
    public func replace(
        _ record: EpisodeRecord, at position: EpisodePosition, because reason: String, now: Double
    ) async throws(EvaluationError) {
        let row = EpisodeRow(record, at: position)
        try await queue.submit { try JournalStatements.replace(row, because: reason, now: now, in: $0) }
    }

    /// Returns once everything submitted before is committed.
    public func flush() async throws(EvaluationError) {
        try await queue.submit { _ in }
    }

    /// Says what is known about a task; the last word holds.
    public func record(_ task: TaskMetadata) async throws(EvaluationError) {
        try await queue.submit { try JournalStatements.insert(task, into: $0) }
    }

    /// Says which records of a task's data set became no sample, in place of what was said before.
    public func record(_ dropped: [DroppedRecords], of task: String) async throws(EvaluationError) {
        try await queue.submit { database in
            try database.execute(sql: "DELETE FROM dropped_record WHERE task = ?", arguments: [task])
            for item in dropped { try JournalStatements.insert(item, of: task, into: database) }
        }
    }

    /// Says how the run stands, and why.
    public func record(_ status: RunStatus, reason: String? = nil) async throws(EvaluationError) {
        try await queue.submit { database in
            try database.execute(
                sql: "UPDATE run SET status = ?, status_reason = ?", arguments: [status.rawValue, reason])
        }
    }

    /// Says that the run now follows another plan, because the user allowed it.
    public func record(planDigest: String, configuration: JSONValue) async throws(EvaluationError) {
        try await queue.submit { database in
            try database.execute(
                sql: "UPDATE run SET plan_digest = ?, configuration = ?",
                arguments: [planDigest, configuration.text()])
        }
    }

    /// Says that a process works on the run, or that the last one that did has ended (`endedAt`).
    public func record(_ session: RunSession) async throws(EvaluationError) {
        try await queue.submit { database in
            if let end = session.endedAt {
                try database.execute(
                    sql: "UPDATE session SET ended_at = ? WHERE id = (SELECT max(id) FROM session)", arguments: [end])
            } else {
                try JournalStatements.insert(session, into: database)
            }
        }
    }

    func submit(_ write: @escaping @Sendable (Database) throws -> Void) async throws(EvaluationError) {
        try await queue.submit(write)
    }

    /// Commits what is left, ends write-ahead mode and closes the file.
    ///
    /// Nothing may be written or read afterwards. Throws ``EvaluationError``, cause `gage`.
    public func close() async throws(EvaluationError) {
        try await flush()
        do {
            try pool.close()
        } catch {
            throw JournalDatabase.wrap(error, "cannot close the journal")
        }
        JournalDatabase.makeSingleFile(path)
    }
}

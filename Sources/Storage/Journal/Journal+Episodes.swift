public import Evaluation
import GRDB

/// An episode as the journal holds it, with its place and its history.
public struct StoredEpisode: Sendable {
    /// The episode.
    public var record: EpisodeRecord
    /// Where it stands in the plan's order.
    public var position: EpisodePosition
    /// How often it was written: 1 for an episode that was never retried or scored again.
    public var revision: Int
}

extension Journal {
    /// How much of each episode a reader wants.
    public enum Detail: Sendable, Hashable {
        /// Everything.
        case full
        /// Everything but the trajectory, which is the largest part by far.
        case withoutTrajectory
    }

    /// Goes through the finished episodes in plan order (task, sample, trial), one in memory at a time.
    ///
    /// All of them are of one state of the journal, whatever is written meanwhile. Throws what `body` throws, and
    /// ``EvaluationError``, cause `gage`, when the journal cannot be read.
    public func forEachEpisode(
        inTask task: String? = nil, detail: Detail = .full, _ body: (StoredEpisode) throws -> Void
    ) throws {
        let condition = task == nil ? "" : "WHERE task = ?"
        let sql = "SELECT \(Self.columns(detail)) FROM episode \(condition) \(Self.planOrder)"
        do {
            try reader.read { database in
                let rows = try Row.fetchCursor(
                    database, sql: sql, arguments: task.map { StatementArguments([$0]) } ?? StatementArguments())
                while let row = try rows.next() { try body(try Self.stored(row)) }
            }
        } catch let error as DatabaseError {
            throw JournalDatabase.wrap(error, "cannot read the journal")
        }
    }

    /// The next episodes in plan order after a place, for readers that cannot hold a transaction open meanwhile.
    ///
    /// At most `count` episodes, and fewer when their rows together exceed a few megabytes; empty at the end.
    public func episodes(
        after last: (position: EpisodePosition, trial: Int)?, inTask task: String? = nil, count: Int
    ) throws(EvaluationError) -> [StoredEpisode] {
        try read { database in
            var conditions: [String] = []
            var arguments: [(any DatabaseValueConvertible)?] = []
            if let last {
                conditions.append("(task_ordinal, sample_ordinal, trial) > (?, ?, ?)")
                arguments += [last.position.task, last.position.sample, last.trial]
            }
            if let task {
                conditions.append("task = ?")
                arguments.append(task)
            }
            let condition = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
            let sql = "SELECT \(Self.columns(.full)) FROM episode \(condition) \(Self.planOrder) LIMIT \(count)"
            let rows = try Row.fetchCursor(database, sql: sql, arguments: StatementArguments(arguments))
            var found: [StoredEpisode] = []
            var bytes = 0
            while bytes < Self.pageBytes, let row = try rows.next() {
                bytes += (row["trajectory"] as String?)?.utf8.count ?? 0
                found.append(try Self.stored(row))
            }
            return found
        }
    }

    /// One episode, or nil when it is not in the journal.
    public func episode(_ id: EpisodeID) throws(EvaluationError) -> StoredEpisode? {
        try read { database in
            let sql = "SELECT \(Self.columns(.full)) FROM episode WHERE task = ? AND sample_id = ? AND trial = ?"
            return try Row.fetchOne(database, sql: sql, arguments: [id.task, id.sample, id.trial]).map(Self.stored)
        }
    }

    /// How often each kind of replacement (`retry`, `rescoring`) put a new version of an episode into the journal.
    public func replacements() throws(EvaluationError) -> [String: Int] {
        try read { database in
            let sql = "SELECT replaced_by, count(*) AS count FROM earlier_episode GROUP BY replaced_by"
            var counts: [String: Int] = [:]
            for row in try Row.fetchAll(database, sql: sql) { counts[row["replaced_by"]] = row["count"] }
            return counts
        }
    }

    /// Where a page of ``episodes(after:inTask:count:)`` ends early.
    private static let pageBytes = 4 << 20

    private static let planOrder = "ORDER BY task_ordinal, sample_ordinal, trial, id"

    private static func columns(_ detail: Detail) -> String {
        let names = ["task", "sample_id", "trial", "task_ordinal", "sample_ordinal", "revision"] + EpisodeRow.columns
        switch detail {
        case .full: return names.joined(separator: ", ")
        case .withoutTrajectory: return names.filter { $0 != "trajectory" }.joined(separator: ", ")
        }
    }

    private static func stored(_ row: Row) throws -> StoredEpisode {
        StoredEpisode(
            record: try EpisodeRow.record(from: row),
            position: EpisodePosition(task: row["task_ordinal"], sample: row["sample_ordinal"]),
            revision: row["revision"])
    }
}

import Evaluation
import GRDB

/// How far a journal has come, in numbers that an index compares with its own.
struct JournalExtent: Sendable, Hashable {
    /// The number of the last episode's row.
    var lastEpisode: Int64 = 0
    var episodes = 0
    /// How many earlier versions of episodes there are.
    var replacements = 0
    /// The number of the last annotation.
    var lastAnnotation: Int64 = 0
}

/// What an index reads of a journal.
extension Journal {
    /// Changes whenever another connection has changed the journal.
    func dataVersion() throws(EvaluationError) -> Int {
        try read { try Int.fetchOne($0, sql: "PRAGMA data_version") ?? 0 }
    }

    /// How far the journal has come.
    func extent() throws(EvaluationError) -> JournalExtent {
        try read { database in
            var extent = JournalExtent()
            extent.lastEpisode = try Int64.fetchOne(database, sql: "SELECT max(id) FROM episode") ?? 0
            extent.episodes = try Int.fetchOne(database, sql: "SELECT count(*) FROM episode") ?? 0
            extent.replacements = try Int.fetchOne(database, sql: "SELECT count(*) FROM earlier_episode") ?? 0
            // Journals of earlier versions have no such table until somebody annotates in them.
            let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'annotation')"
            if try Bool.fetchOne(database, sql: sql) ?? false {
                extent.lastAnnotation = try Int64.fetchOne(database, sql: "SELECT max(id) FROM annotation") ?? 0
            }
            return extent
        }
    }

    /// The episodes whose rows come after a number, in order of their rows; fewer than `count` where they are large.
    func indexable(after row: Int64, count: Int) throws(EvaluationError) -> [IndexedEpisode] {
        try read { database in
            let sql = "SELECT id, \(Self.indexedColumns) FROM episode WHERE id > ? ORDER BY id LIMIT ?"
            let rows = try Row.fetchCursor(database, sql: sql, arguments: [row, count])
            var found: [IndexedEpisode] = []
            var bytes = 0
            while bytes < Self.indexingBytes, let row = try rows.next() {
                bytes += (row["trajectory"] as DatabaseValue).storage.byteCount
                found.append(Self.indexable(row))
            }
            return found
        }
    }

    /// The episodes in these rows.
    func indexable(rows: some Sequence<Int64>) throws(EvaluationError) -> [IndexedEpisode] {
        try read { database in
            let sql = "SELECT id, \(Self.indexedColumns) FROM episode WHERE id = ?"
            return try rows.compactMap { number in
                try Row.fetchOne(database.cachedStatement(sql: sql), arguments: [number]).map(Self.indexable)
            }
        }
    }

    /// The rows of episodes that were written more than once, with how often.
    func revisions() throws(EvaluationError) -> [Int64: Int] {
        try read { database in
            let sql = "SELECT episode, max(revision) AS revision FROM earlier_episode GROUP BY episode"
            var revisions: [Int64: Int] = [:]
            for row in try Row.fetchAll(database, sql: sql) { revisions[row["episode"]] = row["revision"] + 1 }
            return revisions
        }
    }

    /// Where reading for an index pauses, in bytes of trajectories.
    private static let indexingBytes = 8 << 20

    private static let indexedColumns =
        (["task", "sample_id", "trial", "task_ordinal", "sample_ordinal", "revision"] + EpisodeRow.columns)
        .joined(separator: ", ")

    private static func indexable(_ row: Row) -> IndexedEpisode {
        let position = EpisodePosition(task: row["task_ordinal"], sample: row["sample_ordinal"])
        let revision: Int = row["revision"]
        do {
            let record = try EpisodeRow.record(from: row)
            return IndexedEpisode(
                row: row["id"], StoredEpisode(record: record, position: position, revision: revision))
        } catch {
            // One row that cannot be read must not keep the others out of the index; the list says so.
            return IndexedEpisode(
                row: row["id"], id: EpisodeID(task: row["task"], sample: row["sample_id"], trial: row["trial"]),
                position: position, revision: revision, outcome: row["outcome"],
                times: (row["started_at"], row["duration"]), problem: "\(error)")
        }
    }
}

extension DatabaseValue.Storage {
    /// How many bytes a text or blob has.
    fileprivate var byteCount: Int {
        switch self {
        case .string(let text): text.utf8.count
        case .blob(let data): data.count
        default: 0
        }
    }
}

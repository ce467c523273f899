public import Evaluation
import GRDB
import JSON

/// What a run has come to so far, for reading.
///
/// Safe to use while the run goes on, from this process or another: every call sees one state of the journal.
public final class Journal: Sendable {
    let reader: any DatabaseReader

    init(reader: any DatabaseReader) { self.reader = reader }

    /// Opens a journal for reading only.
    ///
    /// Throws ``EvaluationError``: cause `configuration` when there is none or it is of a newer gage, `gage` otherwise.
    public static func open(_ path: String) throws(EvaluationError) -> Journal {
        Journal(reader: try JournalDatabase.openForReading(path))
    }

    /// Whether the journal says which run it is of; it does not when its process died while making it.
    public var isBegun: Bool {
        get throws(EvaluationError) {
            try read { try Bool.fetchOne($0, sql: "SELECT EXISTS (SELECT 1 FROM run)") ?? false }
        }
    }

    /// What the journal says about its run.
    public func run() throws(EvaluationError) -> RunMetadata {
        try read { database in
            guard let row = try Row.fetchOne(database, sql: "SELECT * FROM run") else {
                throw StorageFailure.plain("the journal does not say which run it is of")
            }
            let seed: Int64 = row["seed"]
            var run = RunMetadata(
                runID: row["run_id"], name: row["name"], planDigest: row["plan_digest"],
                seed: UInt64(bitPattern: seed), gageVersion: row["gage_version"],
                configuration: try JSONValue.parse(row["configuration"]), startedAt: row["started_at"])
            run.status = RunStatus(rawValue: row["status"]) ?? .failed
            run.statusReason = row["status_reason"]
            run.shard = try Self.shard(in: database)
            return run
        }
    }

    /// The shard that the journal is of, if it is of one; journals of the first version cannot be.
    private static func shard(in database: Database) throws -> ShardMetadata? {
        guard try database.tableExists("shard"), let row = try Row.fetchOne(database, sql: "SELECT * FROM shard")
        else { return nil }
        guard let shard = Shard(number: row["number"], count: row["count"]) else {
            throw StorageFailure.plain("the journal names a shard that cannot be")
        }
        return ShardMetadata(shard: shard, options: try JSONValue.parse(row["options"]).objectValue ?? [:])
    }

    /// The processes that worked on the run, oldest first.
    public func sessions() throws(EvaluationError) -> [RunSession] {
        try read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM session ORDER BY id").map { row in
                RunSession(
                    command: row["command"], gageVersion: row["gage_version"], startedAt: row["started_at"],
                    endedAt: row["ended_at"])
            }
        }
    }

    /// The tasks that have begun, in plan order.
    public func tasks() throws(EvaluationError) -> [TaskMetadata] {
        try read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM task ORDER BY ordinal").map { row in
                var task = TaskMetadata(
                    id: row["id"], ordinal: row["ordinal"], datasetID: row["dataset_id"],
                    datasetMetadata: try JSONValue.parse(row["dataset_metadata"]).objectValue ?? [:])
                task.plannedEpisodes = row["planned_episodes"]
                task.isFullyPlanned = row["is_fully_planned"]
                return task
            }
        }
    }

    /// The records that became no sample, by task and reason, most frequent first.
    public func dropped() throws(EvaluationError) -> [DroppedRecords] {
        try read { database in
            let order = "ORDER BY task, count DESC, reason"
            return try Row.fetchAll(database, sql: "SELECT * FROM dropped_record \(order)").map { row in
                DroppedRecords(
                    task: row["task"], reason: row["reason"], count: row["count"],
                    examples: try JSONValue.parse(row["examples"]).arrayValue?.compactMap(\.stringValue) ?? [])
            }
        }
    }

    /// How many episodes of each task ended in which way.
    public func outcomes() throws(EvaluationError) -> [String: OutcomeCounts] {
        try read { database in
            let sql = "SELECT task, outcome, cause, count(*) AS count FROM episode GROUP BY task, outcome, cause"
            var counts: [String: OutcomeCounts] = [:]
            for row in try Row.fetchAll(database, sql: sql) {
                let (task, outcome, count): (String, String, Int) = (row["task"], row["outcome"], row["count"])
                switch outcome {
                case "scored": counts[task, default: OutcomeCounts()].scored += count
                case "unscorable": counts[task, default: OutcomeCounts()].unscorable += count
                default: counts[task, default: OutcomeCounts()].errored[row["cause"] ?? "gage", default: 0] += count
                }
            }
            return counts
        }
    }

    /// The trials of a sample that are in the journal, and whether each of them ended in an error.
    public func finishedTrials(ofSample sample: String, task: String) throws(EvaluationError) -> [Int: Bool] {
        try read { database in
            let statement = try database.cachedStatement(
                sql: "SELECT trial, outcome = 'errored' AS errored FROM episode WHERE task = ? AND sample_id = ?")
            var trials: [Int: Bool] = [:]
            for row in try Row.fetchAll(statement, arguments: [task, sample]) { trials[row["trial"]] = row["errored"] }
            return trials
        }
    }

    /// Whether SQLite finds the file whole (`PRAGMA integrity_check`); the complaint otherwise.
    public func integrityComplaint() throws(EvaluationError) -> String? {
        try read { database in
            let answer = try String.fetchOne(database, sql: "PRAGMA integrity_check") ?? "no answer"
            return answer == "ok" ? nil : answer
        }
    }

    func read<Value>(_ body: (Database) throws -> Value) throws(EvaluationError) -> Value {
        do {
            return try reader.read(body)
        } catch {
            throw JournalDatabase.wrap(error, "cannot read the journal")
        }
    }
}

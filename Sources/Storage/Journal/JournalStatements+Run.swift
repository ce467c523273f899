import Evaluation
import GRDB
import JSON

/// The statements that write what a journal says besides its episodes.
extension JournalStatements {
    /// Says which run, and which part of it, the journal is of.
    static func insert(_ run: RunMetadata, into database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO run
                    (id, run_id, name, plan_digest, seed, gage_version, status, status_reason, started_at, configuration)
                VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                run.runID, run.name, run.planDigest, Int64(bitPattern: run.seed), run.gageVersion,
                run.status.rawValue, run.statusReason, run.startedAt, run.configuration.text(),
            ])
        guard let shard = run.shard else { return }
        try database.execute(
            sql: "INSERT INTO shard (id, number, count, options) VALUES (1, ?, ?, ?)",
            arguments: [shard.shard.number, shard.shard.count, JSONValue.object(shard.options).text()])
    }

    /// Says what is known about a task, in place of what was said before.
    static func insert(_ task: TaskMetadata, into database: Database) throws {
        try database.execute(
            sql: """
                INSERT OR REPLACE INTO task
                    (id, ordinal, dataset_id, dataset_metadata, planned_episodes, is_fully_planned)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                task.id, task.ordinal, task.datasetID, JSONValue.object(task.datasetMetadata).text(),
                task.plannedEpisodes, task.isFullyPlanned,
            ])
    }

    /// Says which records of a task's data set became no sample for one reason.
    static func insert(_ dropped: DroppedRecords, of task: String, into database: Database) throws {
        try database.execute(
            sql: "INSERT INTO dropped_record (task, reason, count, examples) VALUES (?, ?, ?, ?)",
            arguments: [
                task, dropped.reason, dropped.count, JSONValue.array(dropped.examples.map(JSONValue.string)).text(),
            ])
    }

    /// Says that a process works, or worked, on the run.
    static func insert(_ session: RunSession, into database: Database) throws {
        try database.execute(
            sql: "INSERT INTO session (command, gage_version, started_at, ended_at) VALUES (?, ?, ?, ?)",
            arguments: [session.command, session.gageVersion, session.startedAt, session.endedAt])
    }
}

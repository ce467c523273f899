import Evaluation
import GRDB

/// The journal's tables, as a list of steps that lead from an empty file to the newest version.
///
/// `PRAGMA user_version` counts the steps that a file has taken. A step that was released is never changed.
enum JournalSchema {
    /// Marks a SQLite file as a journal of gage (`gage` in ASCII).
    static let applicationID = 0x6761_6765

    /// The newest version.
    static var version: Int { steps.count }

    /// The statements of each step.
    private static let steps: [String] = [firstVersion, shards, annotations, traffic]

    /// Brings a file to the newest version, in one transaction.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, for a file of a newer gage or of another program.
    static func migrate(_ database: Database) throws {
        let found = try current(database)
        guard found < version else { return }
        try database.inTransaction {
            for step in steps[found...] { try database.execute(sql: step) }
            try database.execute(sql: "PRAGMA user_version = \(version)")
            try database.execute(sql: "PRAGMA application_id = \(applicationID)")
            return .commit
        }
    }

    /// The file's version, or an error when this gage cannot read it.
    static func current(_ database: Database) throws -> Int {
        let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        let isEmpty = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") == 0
        guard application == applicationID || isEmpty else {
            throw StorageFailure.request("this SQLite file is no journal of gage")
        }
        guard found <= version else {
            throw StorageFailure.request(
                "this journal has version \(found), and this gage reads up to \(version)",
                advice: "use the gage that wrote it, or a newer one")
        }
        return found
    }

    /// Small columns stand before large ones, so that listing episodes does not read their trajectories.
    private static let firstVersion = """
        CREATE TABLE run (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            run_id TEXT NOT NULL,
            name TEXT NOT NULL,
            plan_digest TEXT NOT NULL,
            seed INTEGER NOT NULL,
            gage_version TEXT NOT NULL,
            status TEXT NOT NULL,
            status_reason TEXT,
            started_at REAL NOT NULL,
            configuration TEXT NOT NULL
        );
        CREATE TABLE session (
            id INTEGER PRIMARY KEY,
            command TEXT NOT NULL,
            gage_version TEXT NOT NULL,
            started_at REAL NOT NULL,
            ended_at REAL
        );
        CREATE TABLE task (
            id TEXT PRIMARY KEY,
            ordinal INTEGER NOT NULL,
            dataset_id TEXT NOT NULL,
            dataset_metadata TEXT NOT NULL,
            planned_episodes INTEGER,
            is_fully_planned INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE dropped_record (
            task TEXT NOT NULL,
            reason TEXT NOT NULL,
            count INTEGER NOT NULL,
            examples TEXT NOT NULL,
            PRIMARY KEY (task, reason)
        ) WITHOUT ROWID;
        CREATE TABLE episode (
            id INTEGER PRIMARY KEY,
            task TEXT NOT NULL,
            sample_id TEXT NOT NULL,
            trial INTEGER NOT NULL,
            task_ordinal INTEGER NOT NULL,
            sample_ordinal INTEGER NOT NULL,
            revision INTEGER NOT NULL,
            seed INTEGER NOT NULL,
            outcome TEXT NOT NULL CHECK (outcome IN ('scored', 'errored', 'unscorable')),
            cause TEXT,
            reason TEXT,
            started_at REAL NOT NULL,
            duration REAL NOT NULL,
            input_tokens INTEGER,
            output_tokens INTEGER,
            cached_input_tokens INTEGER,
            reasoning_tokens INTEGER,
            agent_cost REAL,
            user_cost REAL,
            error TEXT,
            failed_attempts TEXT,
            step_durations TEXT,
            scores TEXT,
            verdicts TEXT,
            prediction TEXT,
            sample TEXT NOT NULL,
            trajectory TEXT
        );
        CREATE UNIQUE INDEX episode_by_name ON episode (task, sample_id, trial);
        CREATE INDEX episode_in_order ON episode (task_ordinal, sample_ordinal, trial);
        CREATE TABLE earlier_episode (
            episode INTEGER NOT NULL,
            revision INTEGER NOT NULL,
            replaced_by TEXT NOT NULL,
            replaced_at REAL NOT NULL,
            outcome TEXT NOT NULL,
            cause TEXT,
            reason TEXT,
            started_at REAL NOT NULL,
            duration REAL NOT NULL,
            error TEXT,
            scores TEXT,
            verdicts TEXT,
            prediction TEXT,
            trajectory TEXT,
            PRIMARY KEY (episode, revision)
        ) WITHOUT ROWID;
        """

    /// Which part of a run the journal is of; the table is empty where it is of a whole run.
    private static let shards = """
        CREATE TABLE shard (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            number INTEGER NOT NULL,
            count INTEGER NOT NULL,
            options TEXT NOT NULL
        );
        """

    /// What people said about episodes; rows are only ever added.
    private static let annotations = """
        CREATE TABLE annotation (
            id INTEGER PRIMARY KEY,
            identifier TEXT NOT NULL UNIQUE,
            time REAL NOT NULL,
            author TEXT NOT NULL,
            task TEXT NOT NULL,
            sample_id TEXT NOT NULL,
            trial INTEGER NOT NULL,
            revision INTEGER NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('tag', 'untag', 'note', 'verdict')),
            value TEXT NOT NULL,
            reason TEXT
        );
        CREATE INDEX annotation_by_episode ON annotation (task, sample_id, trial);
        """

    /// What the calls to each backend came to, by the process that made them.
    private static let traffic = """
        CREATE TABLE session_traffic (
            session INTEGER NOT NULL,
            backend TEXT NOT NULL,
            json TEXT NOT NULL,
            PRIMARY KEY (session, backend)
        ) WITHOUT ROWID;
        """
}

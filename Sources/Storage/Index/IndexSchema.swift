import GRDB

/// The tables of a run's index.
///
/// An index of another version is made anew, so there are no steps from one to the next.
enum IndexSchema {
    /// Marks a SQLite file as an index of gage (`gagi` in ASCII).
    static let applicationID = 0x6761_6769
    /// Counted up with every change of what the tables hold or how it is derived.
    static let version = 2

    /// Makes the tables in an empty file.
    static func create(in database: Database) throws {
        try database.execute(sql: tables)
        if try hasFullText(database) { try database.execute(sql: fullText) }
        try database.execute(sql: "INSERT INTO source (id) VALUES (1)")
        try database.execute(sql: "PRAGMA user_version = \(version)")
        try database.execute(sql: "PRAGMA application_id = \(applicationID)")
    }

    /// Whether a file has the tables and indexes that ``create(in:)`` makes, no more and no less.
    static func isWhole(_ database: Database) throws -> Bool {
        try whole.get() == statements(of: database)
    }

    /// The statements of a whole index, made once for all that are opened.
    private static let whole = Result {
        let model = try DatabaseQueue()
        try model.write { try create(in: $0) }
        return try model.read(statements(of:))
    }

    /// The statements that made what is in a file, in an order of their own.
    private static func statements(of database: Database) throws -> [String?] {
        try String?.fetchAll(database, sql: "SELECT sql FROM sqlite_master ORDER BY type, name")
    }

    /// Forgets everything, for an index of a journal that is another one now.
    static func clear(_ database: Database) throws {
        for table in ["item", "score", "score_name", "tool", "tag"] {
            try database.execute(sql: "DELETE FROM \(table)")
        }
        if try database.tableExists("body") {
            try database.execute(sql: "DROP TABLE body")
            try database.execute(sql: fullText)
        }
        try database.execute(sql: "DELETE FROM source; INSERT INTO source (id) VALUES (1)")
    }

    private static func hasFullText(_ database: Database) throws -> Bool {
        try Bool.fetchOne(database, sql: "SELECT count(*) > 0 FROM pragma_module_list WHERE name = 'fts5'") ?? false
    }

    /// What is filtered by stands before what is only shown.
    ///
    /// The index by name has what comparing two runs looks at, so that it reads no rows.
    /// Texts are found by the number of their document, which a new
    /// version of an episode gets anew: a full-text table that keeps no texts cannot forget one.
    private static let tables = """
        CREATE TABLE source (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            device INTEGER,
            inode INTEGER,
            run_id TEXT,
            last_episode INTEGER NOT NULL DEFAULT 0,
            last_document INTEGER NOT NULL DEFAULT 0,
            replacements INTEGER NOT NULL DEFAULT 0,
            last_annotation INTEGER NOT NULL DEFAULT 0
        );
        CREATE TABLE item (
            id INTEGER PRIMARY KEY,
            document INTEGER NOT NULL,
            task_ordinal INTEGER NOT NULL,
            sample_ordinal INTEGER NOT NULL,
            trial INTEGER NOT NULL,
            revision INTEGER NOT NULL,
            failed INTEGER NOT NULL,
            amended INTEGER NOT NULL DEFAULT 0,
            outcome TEXT NOT NULL,
            cause TEXT,
            error_code TEXT,
            termination TEXT,
            domain TEXT,
            turns INTEGER NOT NULL,
            messages INTEGER NOT NULL,
            tool_calls INTEGER NOT NULL,
            tool_errors INTEGER NOT NULL,
            input_tokens INTEGER,
            output_tokens INTEGER,
            cost REAL,
            duration REAL NOT NULL,
            started_at REAL NOT NULL,
            attempts INTEGER NOT NULL,
            score REAL,
            task TEXT NOT NULL,
            sample TEXT NOT NULL,
            summary TEXT
        );
        CREATE INDEX item_by_name ON item (task, sample, trial, outcome, failed, score);
        CREATE INDEX item_in_order ON item (task_ordinal, sample_ordinal, trial);
        CREATE INDEX item_failed ON item (task_ordinal, sample_ordinal, trial) WHERE failed;
        CREATE INDEX item_by_outcome ON item (task_ordinal, task, domain, outcome, cause, failed);
        CREATE INDEX item_by_score ON item (score);
        CREATE INDEX item_by_duration ON item (duration);
        CREATE TABLE score_name (
            id INTEGER PRIMARY KEY,
            metric TEXT NOT NULL,
            value_name TEXT NOT NULL,
            UNIQUE (metric, value_name)
        );
        CREATE TABLE score (
            item INTEGER NOT NULL,
            name INTEGER NOT NULL,
            value REAL NOT NULL,
            PRIMARY KEY (item, name)
        ) WITHOUT ROWID;
        CREATE INDEX score_by_value ON score (name, value);
        CREATE TABLE tool (
            item INTEGER NOT NULL,
            name TEXT NOT NULL,
            PRIMARY KEY (item, name)
        ) WITHOUT ROWID;
        CREATE INDEX tool_by_name ON tool (name);
        CREATE TABLE tag (
            item INTEGER NOT NULL,
            name TEXT NOT NULL,
            PRIMARY KEY (item, name)
        ) WITHOUT ROWID;
        CREATE INDEX tag_by_name ON tag (name);
        """

    private static let fullText = """
        CREATE VIRTUAL TABLE body
        USING fts5(content, content='', columnsize=0, tokenize='unicode61 remove_diacritics 2')
        """
}

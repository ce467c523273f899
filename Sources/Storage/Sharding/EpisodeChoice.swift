import Evaluation
import GRDB

/// Chooses, among journals that have the same episodes, which one each is taken from, and copies it.
struct EpisodeChoice {
    /// The largest number of episodes that are named as being in several journals.
    private static let namedLimit = 1000

    private static let rank = "CASE outcome WHEN 'scored' THEN 2 WHEN 'unscorable' THEN 1 ELSE 0 END"

    let sources: [JournalMerge.Source]
    private(set) var merged: MergedEpisodes

    init(sources: [JournalMerge.Source]) {
        self.sources = sources
        merged = MergedEpisodes(taken: Array(repeating: 0, count: sources.count))
    }

    /// Takes note of a journal's episodes, each in place of an earlier journal's where it is better.
    mutating func offer(_ index: Int, to database: Database) throws {
        try attached(index, to: database) { database in
            try compare(index, in: database)
            try database.execute(
                sql: """
                    INSERT INTO temp.choice
                    SELECT task, sample_id, trial, ?, id, \(Self.rank), revision, started_at FROM part.episode WHERE true
                    ON CONFLICT (task, sample_id, trial) DO UPDATE
                    SET source = excluded.source, episode = excluded.episode, rank = excluded.rank,
                        revision = excluded.revision, started_at = excluded.started_at
                    WHERE (excluded.rank, excluded.revision, excluded.started_at)
                        > (choice.rank, choice.revision, choice.started_at)
                    """,
                arguments: [index])
        }
    }

    /// Counts the episodes that an earlier journal has too, and names those that are not the same there.
    private mutating func compare(_ index: Int, in database: Database) throws {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT offered.task, offered.sample_id, offered.trial, choice.source,
                    (rank, choice.revision, choice.started_at)
                        = (offered_rank, offered.revision, offered.started_at) AS is_same,
                    (offered_rank, offered.revision, offered.started_at)
                        > (rank, choice.revision, choice.started_at) AS is_better
                FROM (SELECT *, \(Self.rank) AS offered_rank FROM part.episode) AS offered
                JOIN temp.choice USING (task, sample_id, trial)
                ORDER BY offered.task_ordinal, offered.sample_ordinal, offered.trial
                """)
        while let row = try rows.next() {
            if row["is_same"] {
                merged.identical += 1
                continue
            }
            merged.contested += 1
            guard merged.examples.count < Self.namedLimit else { continue }
            let (earlier, isBetter): (Int, Bool) = (row["source"], row["is_better"])
            merged.examples.append(
                ContestedEpisode(
                    id: EpisodeID(task: row["task"], sample: row["sample_id"], trial: row["trial"]),
                    kept: sources[isBetter ? index : earlier].name,
                    left: sources[isBetter ? earlier : index].name))
        }
    }

    /// Copies the episodes that are taken from a journal, with their earlier versions.
    mutating func copy(_ index: Int, in database: Database) throws {
        try attached(index, to: database) { database in
            let columns = (JournalStatements.nameColumns + EpisodeRow.columns).joined(separator: ", ")
            let values = (JournalStatements.nameColumns + EpisodeRow.columns).map { "original.\($0)" }
                .joined(separator: ", ")
            try database.inTransaction {
                try database.execute(
                    sql: """
                        INSERT INTO main.episode (\(columns)) SELECT \(values) FROM part.episode AS original
                        JOIN temp.choice ON choice.source = ? AND choice.task = original.task
                            AND choice.sample_id = original.sample_id AND choice.trial = original.trial
                        """,
                    arguments: [index])
                merged.taken[index] = database.changesCount
                try database.execute(sql: Self.copyOfHistory, arguments: [index])
                return .commit
            }
        }
    }

    /// Copies what people said about episodes of a journal; what several journals have is copied once.
    ///
    /// What was said stays although the episode is taken from another journal. Where that one has another attempt, it is
    /// marked as outdated by the revision 0.
    func copyAnnotations(_ index: Int, in database: Database) throws {
        try attached(index, to: database) { database in
            guard try database.tableExists("annotation", in: "part") else { return }
            try database.execute(
                sql: """
                    INSERT OR IGNORE INTO main.annotation
                        (identifier, time, author, task, sample_id, trial, revision, kind, value, reason)
                    SELECT said.identifier, said.time, said.author, said.task, said.sample_id, said.trial,
                        CASE WHEN original.started_at = choice.started_at THEN said.revision ELSE 0 END,
                        said.kind, said.value, said.reason
                    FROM part.annotation AS said
                    JOIN part.episode AS original USING (task, sample_id, trial)
                    JOIN temp.choice USING (task, sample_id, trial)
                    ORDER BY said.id
                    """)
        }
    }

    private static let copyOfHistory: String = {
        let columns = [
            "revision", "replaced_by", "replaced_at", "outcome", "cause", "reason", "started_at", "duration", "error",
            "scores", "verdicts", "prediction", "trajectory",
        ]
        return """
            INSERT INTO main.earlier_episode (episode, \(columns.joined(separator: ", ")))
            SELECT copy.id, \(columns.map { "earlier.\($0)" }.joined(separator: ", "))
            FROM part.earlier_episode AS earlier
            JOIN part.episode AS original ON original.id = earlier.episode
            JOIN temp.choice ON choice.source = ? AND choice.task = original.task
                AND choice.sample_id = original.sample_id AND choice.trial = original.trial
            JOIN main.episode AS copy ON copy.task = original.task AND copy.sample_id = original.sample_id
                AND copy.trial = original.trial
            """
    }()

    /// Does something with a journal attached as `part`.
    private func attached(_ index: Int, to database: Database, _ body: (Database) throws -> Void) throws {
        try database.execute(sql: "ATTACH DATABASE ? AS part", arguments: [sources[index].path])
        do {
            try body(database)
        } catch {
            // The failure of the body is the one to report.
            try? database.execute(sql: "DETACH DATABASE part")
            throw error
        }
        try database.execute(sql: "DETACH DATABASE part")
    }
}

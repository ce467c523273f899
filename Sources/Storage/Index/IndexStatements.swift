import Evaluation
import GRDB

/// The statements that write an index.
struct IndexStatements {
    let database: Database
    let hasFullText: Bool
    private var names: ScoreNames

    init(_ database: Database) throws {
        self.database = database
        hasFullText = try database.tableExists("body")
        names = try ScoreNames(database)
    }

    private static let insertion = """
        INSERT OR REPLACE INTO item
            (id, document, task_ordinal, sample_ordinal, trial, revision, failed, outcome, cause, error_code, termination,
             domain, turns, messages, tool_calls, tool_errors, input_tokens, output_tokens, cost, duration, started_at,
             attempts, score, task, sample, summary)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    /// Writes an episode, in place of its earlier version where there is one.
    mutating func write(_ episode: IndexedEpisode, document: Int64) throws {
        try database.cachedStatement(sql: Self.insertion).execute(arguments: [
            episode.row, document, episode.position.task, episode.position.sample, episode.id.trial, episode.revision,
            episode.failed, episode.outcome, episode.cause, episode.errorCode, episode.termination, episode.domain,
            episode.turns, episode.messages, episode.toolCalls, episode.toolErrors, episode.inputTokens,
            episode.outputTokens, episode.cost, episode.duration, episode.startedAt, episode.attempts, episode.score,
            episode.id.task, episode.id.sample, episode.summary,
        ])
        if episode.revision > 1 { try forget(episode.row) }
        for (name, value) in episode.scores {
            try database.cachedStatement(sql: "INSERT OR REPLACE INTO score (item, name, value) VALUES (?, ?, ?)")
                .execute(arguments: [episode.row, try identifier(name), value])
        }
        for tool in episode.tools {
            try database.cachedStatement(sql: "INSERT OR REPLACE INTO tool (item, name) VALUES (?, ?)")
                .execute(arguments: [episode.row, tool])
        }
        guard hasFullText else { return }
        try database.cachedStatement(sql: "INSERT INTO body (rowid, content) VALUES (?, ?)")
            .execute(arguments: [document, episode.text])
    }

    private func forget(_ item: Int64) throws {
        for table in ["score", "tool"] {
            try database.cachedStatement(sql: "DELETE FROM \(table) WHERE item = ?").execute(arguments: [item])
        }
    }

    private mutating func identifier(_ name: ScoreNames.Name) throws -> Int64 {
        if let known = names.identifiers[name] { return known }
        try database.execute(
            sql: "INSERT INTO score_name (metric, value_name) VALUES (?, ?)", arguments: [name.metric, name.value])
        let identifier = database.lastInsertedRowID
        names.add(name, identifier)
        return identifier
    }
}

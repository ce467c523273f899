public import Evaluation
import GRDB
import JSON

extension Journal {
    /// Adds an annotation, also while another process runs the run.
    ///
    /// Throws ``EvaluationError``: cause `configuration` when the episode is not in the journal, when nobody is named, or
    /// when a text is empty or too long; `gage` when the disk does not allow it.
    public func annotate(_ annotation: Annotation) throws(EvaluationError) {
        try AnnotationRules.check(annotation)
        do {
            let queue = try JournalDatabase.openBeside(reader.path)
            try queue.writeWithoutTransaction { database in
                try JournalSchema.migrate(database)
                try database.inTransaction(.immediate) {
                    try Self.insert(annotation, into: database)
                    return .commit
                }
            }
            try queue.close()
        } catch {
            throw JournalDatabase.wrap(error, "cannot annotate in \(reader.path)")
        }
    }

    /// Everything said about an episode, oldest first.
    public func annotations(for episode: EpisodeID) throws(EvaluationError) -> [Annotation] {
        try read { database in
            guard try Self.hasAnnotations(database) else { return [] }
            let sql = "\(Self.selection) WHERE task = ? AND sample_id = ? AND trial = ? \(Self.annotationOrder)"
            let rows = try Row.fetchAll(database, sql: sql, arguments: [episode.task, episode.sample, episode.trial])
            return try rows.map(Self.annotation)
        }
    }

    /// Goes through everything that was said about any episode, oldest first.
    ///
    /// Throws what `body` throws, and ``EvaluationError``, cause `gage`, when the journal cannot be read.
    public func forEachAnnotation(_ body: (Annotation) throws -> Void) throws {
        do {
            try reader.read { database in
                guard try Self.hasAnnotations(database) else { return }
                let rows = try Row.fetchCursor(database, sql: "\(Self.selection) \(Self.annotationOrder)")
                while let row = try rows.next() { try body(try Self.annotation(row)) }
            }
        } catch let error as DatabaseError {
            throw JournalDatabase.wrap(error, "cannot read the journal")
        }
    }

    /// What holds of everything that was said, by episode.
    public func annotationsByEpisode() throws -> [EpisodeID: EpisodeAnnotations] {
        var found: [EpisodeID: EpisodeAnnotations] = [:]
        try forEachAnnotation { found[$0.episode, default: EpisodeAnnotations()].add($0) }
        return found
    }

    private static func insert(_ annotation: Annotation, into database: Database) throws {
        let id = annotation.episode
        let revision = try Int.fetchOne(
            database, sql: "SELECT revision FROM episode WHERE task = ? AND sample_id = ? AND trial = ?",
            arguments: [id.task, id.sample, id.trial])
        guard let revision else {
            throw StorageFailure.request(
                "there is no episode \(id) in the journal", advice: try hint(for: id, database))
        }
        try database.execute(
            sql: """
                INSERT INTO annotation
                    (identifier, time, author, task, sample_id, trial, revision, kind, value, reason)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                annotation.identifier, annotation.time, annotation.author, id.task, id.sample, id.trial, revision,
                annotation.kind.rawValue, annotation.value.text(), annotation.reason,
            ])
    }

    /// The name of an episode that was probably meant.
    private static func hint(for id: EpisodeID, _ database: Database) throws -> String? {
        let rows = try Row.fetchAll(
            database, sql: "SELECT task, sample_id, trial FROM episode ORDER BY sample_id = ? DESC LIMIT 1000",
            arguments: [id.sample])
        let names = rows.map { EpisodeID(task: $0["task"], sample: $0["sample_id"], trial: $0["trial"]).description }
        return NearMiss.hint(id.description, among: names) ?? names.first.map { "episodes are named like \($0)" }
    }

    private static func hasAnnotations(_ database: Database) throws -> Bool {
        // Journals of earlier versions have no such table, until somebody annotates in them: GRDB would not notice.
        let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'annotation')"
        return try Bool.fetchOne(database, sql: sql) ?? false
    }

    /// With whether the episode was attempted again since: then a version of that time or later was replaced by another
    /// dialogue, which judging again does not do.
    private static let selection = """
        SELECT annotation.*, revision = 0 OR EXISTS (
            SELECT 1 FROM episode JOIN earlier_episode AS earlier ON earlier.episode = episode.id
            WHERE episode.task = annotation.task AND episode.sample_id = annotation.sample_id
                AND episode.trial = annotation.trial AND earlier.revision >= annotation.revision
                AND earlier.replaced_by <> 'rescoring'
        ) AS is_outdated
        FROM annotation
        """

    private static let annotationOrder = "ORDER BY time, id"

    private static func annotation(_ row: Row) throws -> Annotation {
        let (identifier, kind): (String, String) = (row["identifier"], row["kind"])
        guard let kind = Annotation.Kind(rawValue: kind) else {
            throw StorageFailure.plain("the journal's annotation \(identifier) is of an unknown kind '\(kind)'")
        }
        var annotation = Annotation(
            identifier: identifier, time: row["time"], author: row["author"],
            episode: EpisodeID(task: row["task"], sample: row["sample_id"], trial: row["trial"]), kind: kind,
            value: try JSONValue.parse(row["value"] as String))
        annotation.reason = row["reason"]
        annotation.isOutdated = row["is_outdated"]
        return annotation
    }
}

import Evaluation
import GRDB

/// One step of an index towards its journal, within one transaction of the index.
struct IndexAdvance {
    let database: Database
    let journal: Journal
    let identity: FileIdentity

    /// What a step came to.
    struct Result: Sendable {
        var indexed: Int
        var total: Int
        var isCurrent: Bool
        var hasChanged: Bool
    }

    /// What the index says about how far it is.
    private struct Mark {
        var lastEpisode: Int64
        var lastDocument: Int64
        var replacements: Int
        var lastAnnotation: Int64
    }

    /// Takes in so many episodes at most.
    func advance(by limit: Int) throws -> Result {
        // The extent is read first: what comes later belongs to the next step.
        let extent = try journal.extent()
        var hasChanged = try settleIdentity()
        var mark = try mark()
        if extent.lastEpisode < mark.lastEpisode {
            try startOver()
            mark = try self.mark()
            hasChanged = true
        }
        var left = limit
        if mark.lastEpisode < extent.lastEpisode {
            let new = try journal.indexable(after: mark.lastEpisode, count: left)
            try write(new, &mark)
            mark.lastEpisode = new.last?.row ?? extent.lastEpisode
            left -= new.count
            hasChanged = true
        }
        var isCurrent = mark.lastEpisode >= extent.lastEpisode
        if isCurrent, mark.replacements != extent.replacements {
            let isDone = try takeReplacements(left, &mark)
            if isDone { mark.replacements = extent.replacements }
            isCurrent = isDone
            hasChanged = true
        }
        // What was said of an episode may be outdated by a new version of it.
        if isCurrent, mark.lastAnnotation != extent.lastAnnotation || (hasChanged && extent.lastAnnotation > 0) {
            try takeAnnotations()
            mark.lastAnnotation = extent.lastAnnotation
            hasChanged = true
        }
        let indexed = try Int.fetchOne(database, sql: "SELECT count(*) FROM item") ?? 0
        if isCurrent, indexed > extent.episodes {
            // The journal has fewer than it had: it is another one than was indexed.
            try startOver()
            return Result(indexed: 0, total: extent.episodes, isCurrent: false, hasChanged: true)
        }
        if hasChanged { try write(mark) }
        return Result(indexed: indexed, total: extent.episodes, isCurrent: isCurrent, hasChanged: hasChanged)
    }

    // MARK: Steps

    /// Makes sure that the index is of this journal; whether it had to be started over.
    private func settleIdentity() throws -> Bool {
        let run = try journal.run().runID
        let row = try Row.fetchOne(database, sql: "SELECT device, inode, run_id FROM source")
        let device: Int64? = row?["device"]
        let inode: Int64? = row?["inode"]
        let known: String? = row?["run_id"]
        if device == identity.device, inode == identity.inode, known == run { return false }
        if known != nil { try IndexSchema.clear(database) }
        try database.execute(
            sql: "UPDATE source SET device = ?, inode = ?, run_id = ?",
            arguments: [identity.device, identity.inode, run])
        return true
    }

    private func startOver() throws {
        try IndexSchema.clear(database)
        _ = try settleIdentity()
    }

    private func write(_ episodes: [IndexedEpisode], _ mark: inout Mark) throws {
        var statements = try IndexStatements(database)
        for episode in episodes {
            mark.lastDocument += 1
            try statements.write(episode, document: mark.lastDocument)
        }
    }

    /// Takes in new versions of episodes that are in the index; whether all of them are in.
    private func takeReplacements(_ limit: Int, _ mark: inout Mark) throws -> Bool {
        var changed: [Int64] = []
        for (row, revision) in try journal.revisions().sorted(by: { $0.key < $1.key }) {
            let statement = try database.cachedStatement(sql: "SELECT revision FROM item WHERE id = ?")
            guard let known = try Int.fetchOne(statement, arguments: [row]), known < revision else { continue }
            changed.append(row)
            if changed.count > limit { break }
        }
        let isDone = changed.count <= limit
        // What is left for the next step may be none at all here, as when new episodes took the whole limit.
        try write(try journal.indexable(rows: changed.prefix(max(limit, 0))), &mark)
        return isDone
    }

    /// Takes over the tags that episodes have now, and which of them were amended; there are never many.
    private func takeAnnotations() throws {
        try database.execute(sql: "DELETE FROM tag; UPDATE item SET amended = 0 WHERE amended")
        let named = try database.cachedStatement(sql: "SELECT id FROM item WHERE task = ? AND sample = ? AND trial = ?")
        for (id, said) in try journal.annotationsByEpisode() {
            guard let item = try Int64.fetchOne(named, arguments: [id.task, id.sample, id.trial]) else { continue }
            for tag in said.tags {
                try database.execute(sql: "INSERT INTO tag (item, name) VALUES (?, ?)", arguments: [item, tag])
            }
            if said.isAmended {
                try database.execute(sql: "UPDATE item SET amended = 1 WHERE id = ?", arguments: [item])
            }
        }
    }

    // MARK: The mark

    private func mark() throws -> Mark {
        let row = try Row.fetchOne(database, sql: "SELECT * FROM source")
        return Mark(
            lastEpisode: row?["last_episode"] ?? 0, lastDocument: row?["last_document"] ?? 0,
            replacements: row?["replacements"] ?? 0, lastAnnotation: row?["last_annotation"] ?? 0)
    }

    private func write(_ mark: Mark) throws {
        try database.execute(
            sql: "UPDATE source SET last_episode = ?, last_document = ?, replacements = ?, last_annotation = ?",
            arguments: [mark.lastEpisode, mark.lastDocument, mark.replacements, mark.lastAnnotation])
    }
}

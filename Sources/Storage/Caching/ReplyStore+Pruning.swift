public import Evaluation
import GRDB

extension ReplyStore {
    /// Which replies are to go.
    public struct Pruning: Sendable, Hashable {
        /// Those of this model only; nil for any.
        public var model: String?
        /// Those that were not used since then, in seconds since 1970; nil for any age.
        public var notUsedSince: Double?
        /// After that, those that were not used for the longest time, until the file is no larger; nil for any size.
        public var maximumBytes: Int?

        /// Every reply.
        public init() {}
    }

    /// What pruning took away.
    public struct Pruned: Sendable, Hashable {
        /// Replies.
        public var replies = 0
        /// Their size in bytes.
        public var bytes = 0

        /// Nothing.
        public init() {}
    }

    /// Ends a transaction whose changes are not wanted.
    private struct Unwanted: Error {
        var pruned: Pruned
    }

    private static let mostRounds = 20

    /// Removes replies and gives their space back to the disk; or only says what would go.
    ///
    /// Without an age and a size, all replies go, or all of the model. Throws ``EvaluationError``.
    public func prune(_ pruning: Pruning, isRehearsal: Bool = false) throws(EvaluationError) -> Pruned {
        let pruned: Pruned = try database.write { database in
            do {
                var pruned: Pruned?
                try database.inSavepoint {
                    let removed = try Self.remove(pruning, from: database)
                    if isRehearsal { throw Unwanted(pruned: removed) }
                    pruned = removed
                    return .commit
                }
                return pruned ?? Pruned()
            } catch let unwanted as Unwanted {
                return unwanted.pruned
            }
        }
        guard !isRehearsal, pruned.replies > 0 else { return pruned }
        try database.writeWithoutTransaction { database in
            _ = try Row.fetchAll(database, sql: "PRAGMA incremental_vacuum")
            _ = try Row.fetchAll(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
        return pruned
    }

    private static func remove(_ pruning: Pruning, from database: Database) throws -> Pruned {
        var pruned = Pruned()
        if pruning.notUsedSince != nil || pruning.maximumBytes == nil {
            let condition = "(?1 IS NULL OR model = ?1) AND (?2 IS NULL OR used < ?2)"
            try remove(condition, [pruning.model, pruning.notUsedSince], from: database, &pruned)
        }
        guard let most = pruning.maximumBytes else { return pruned }
        for _ in 0..<mostRounds {
            let live = try pages(database).live
            guard live > most else { break }
            // Replies take more of the file than their own size; removing their share of it comes close in few rounds.
            let bytes = try Int.fetchOne(database, sql: "SELECT coalesce(sum(bytes), 0) FROM reply") ?? 0
            let excess = max(1, Int(Double(live - most) * Double(bytes) / Double(live)))
            let before = pruned.replies
            // The replies that were not used for the longest time, up to the one with which they are as large.
            try remove(
                """
                id IN (SELECT id FROM (
                    SELECT id, sum(bytes) OVER (ORDER BY used, id) - bytes AS before FROM reply
                    WHERE ?1 IS NULL OR model = ?1
                ) WHERE before < ?2)
                """, [pruning.model, excess], from: database, &pruned)
            if pruned.replies == before { break }
        }
        return pruned
    }

    private static func remove(
        _ condition: String, _ arguments: StatementArguments, from database: Database, _ pruned: inout Pruned
    ) throws {
        let row = try Row.fetchOne(
            database, sql: "SELECT count(*), coalesce(sum(bytes), 0) FROM reply WHERE \(condition)",
            arguments: arguments)
        pruned.replies += row?[0] ?? 0
        pruned.bytes += row?[1] ?? 0
        try database.execute(sql: "DELETE FROM reply WHERE \(condition)", arguments: arguments)
    }
}

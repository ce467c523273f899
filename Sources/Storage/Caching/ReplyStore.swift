public import Evaluation
import GRDB
import Synchronization

/// Model replies by the digest of what decides them, in an SQLite file that several processes may share.
///
/// A reply is stored with a checksum and given out only if that holds, so that a damaged page is a reply that is not
/// there, never another one. How often replies were used is written down in batches: killing a process loses some
/// counts, and no reply.
public final class ReplyStore: Sendable {
    /// How a store is opened.
    public enum Access: Sendable, Hashable {
        /// For reading and writing; made where it is missing.
        case readWrite
        /// For reading only; nothing in the file changes, and one that is missing is an error.
        case readOnly
    }

    /// A reply as it is kept.
    public struct Reply: Sendable, Hashable {
        /// The reply, as text.
        public var body: String
        /// The model that gave it.
        public var model: String
        /// The tokens that it took; nil where unknown.
        public var tokens: Int?
        /// What it cost in US dollars; nil where unknown.
        public var cost: Double?

        /// Describes a reply.
        public init(body: String, model: String, tokens: Int? = nil, cost: Double? = nil) {
            self.body = body
            self.model = model
            self.tokens = tokens
            self.cost = cost
        }
    }

    private struct Uses {
        var counts: [String: Int] = [:]
        var latest = 0.0
        var total = 0
    }

    private static let usesPerWrite = 512

    /// Where the file is.
    public let path: String
    let database: ReplyDatabase
    /// Protects the uses that are not written down yet.
    private let uses = Mutex(Uses())

    /// Opens a store.
    ///
    /// Throws ``EvaluationError``: cause `configuration` where the file is no cache of gage's, is damaged, is of a later
    /// version, or is missing and was to be read only; cause `gage` where the disk does not allow it.
    public init(path: String, access: Access = .readWrite) throws(EvaluationError) {
        self.path = path
        database = try ReplyDatabase(path: path, isWritable: access == .readWrite)
    }

    deinit { writeUses() }

    /// The reply under a digest, if it is no older than that many seconds.
    ///
    /// Throws ``EvaluationError`` when the file cannot be read.
    public func reply(
        for digest: String, notOlderThan age: Double? = nil, now: Double
    ) throws(EvaluationError) -> String? {
        let row = try database.read { database in
            try Row.fetchOne(
                database.cachedStatement(sql: "SELECT body, checksum, created FROM reply WHERE digest = ?"),
                arguments: [digest])
        }
        guard let row, let body: String = row["body"], let checksum: String = row["checksum"],
            ReplyDatabase.checksum(body, of: digest) == checksum
        else { return nil }
        if let age, let created: Double = row["created"], now - created > age { return nil }
        note(use: digest, now: now)
        return body
    }

    /// Keeps a reply, in place of one that was there.
    ///
    /// Throws ``EvaluationError`` when the file cannot be written.
    public func store(_ reply: Reply, for digest: String, now: Double) throws(EvaluationError) {
        let checksum = ReplyDatabase.checksum(reply.body, of: digest)
        try database.write { database in
            try database.cachedStatement(sql: Self.insertion).execute(arguments: [
                digest, reply.model, reply.body, checksum, reply.body.utf8.count, reply.tokens, reply.cost, now, now,
            ])
        }
    }

    /// Writes down the uses that are not yet, and closes the file; nothing may be asked afterwards.
    public func close() {
        writeUses()
        database.close()
    }

    private static let insertion = """
        INSERT INTO reply (digest, model, body, checksum, bytes, tokens, cost, created, used)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (digest) DO UPDATE SET model = excluded.model, body = excluded.body,
            checksum = excluded.checksum, bytes = excluded.bytes, tokens = excluded.tokens, cost = excluded.cost,
            created = excluded.created, used = excluded.used
        """

    // MARK: Uses

    private func note(use digest: String, now: Double) {
        guard database.isWritable else { return }
        let isFull = uses.withLock { uses in
            uses.counts[digest, default: 0] += 1
            uses.latest = max(uses.latest, now)
            uses.total += 1
            return uses.total >= Self.usesPerWrite
        }
        if isFull { writeUses() }
    }

    private func writeUses() {
        let written = uses.withLock { uses in
            let all = uses
            uses = Uses()
            return all
        }
        guard written.total > 0 else { return }
        // Counts that cannot be written are only missing from statistics.
        try? database.write { database in
            let statement = try database.cachedStatement(
                sql: "UPDATE reply SET uses = uses + ?, used = max(used, ?) WHERE digest = ?")
            for (digest, count) in written.counts { try statement.execute(arguments: [count, written.latest, digest]) }
        }
    }
}

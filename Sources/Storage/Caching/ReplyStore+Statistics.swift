public import Evaluation
import GRDB

extension ReplyStore {
    /// What a store, or one model's part of it, holds.
    public struct Statistics: Sendable, Hashable {
        /// Whose replies: a model's name, or empty for all.
        public var model = ""
        /// Replies.
        public var replies = 0
        /// Their size in bytes.
        public var bytes = 0
        /// How often they were used.
        public var uses = 0
        /// Tokens that were not used because of that.
        public var savedTokens = 0
        /// US dollars that were not spent, as far as prices are known.
        public var savedCost = 0.0
        /// Seconds since 1970 when the oldest was stored; nil where there are none.
        public var oldest: Double?
        /// Seconds since 1970 when one was last stored or used.
        public var lastUsed: Double?

        /// Nothing.
        public init() {}
    }

    /// A reply in a list: everything but what it says.
    public struct Listing: Sendable, Hashable {
        /// The digest that it is found by.
        public var digest: String
        /// The model that gave it.
        public var model: String
        /// Its size in bytes.
        public var bytes: Int
        /// How often it was used.
        public var uses: Int
        /// Seconds since 1970 when it was stored.
        public var created: Double
        /// Seconds since 1970 when it was last used, or stored.
        public var used: Double
    }

    /// What each model's replies come to, the largest part first.
    ///
    /// Throws ``EvaluationError`` when the file cannot be read.
    public func statistics() throws(EvaluationError) -> [Statistics] {
        try database.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT model, count(*) AS replies, sum(bytes) AS bytes, sum(uses) AS uses,
                        sum(uses * coalesce(tokens, 0)) AS tokens, sum(uses * coalesce(cost, 0)) AS cost,
                        min(created) AS oldest, max(used) AS used
                    FROM reply GROUP BY model ORDER BY bytes DESC, model
                    """
            ).map(Statistics.init)
        }
    }

    /// The size of the file in bytes, without what a write-ahead log holds.
    ///
    /// Throws ``EvaluationError`` when the file cannot be read.
    public func fileBytes() throws(EvaluationError) -> Int { try database.read { try Self.pages($0).file } }

    /// The replies that were used or stored last, at most so many, of one model where one is named.
    ///
    /// Throws ``EvaluationError`` when the file cannot be read.
    public func listing(model: String? = nil, limit: Int) throws(EvaluationError) -> [Listing] {
        try database.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT digest, model, bytes, uses, created, used FROM reply
                    WHERE ?1 IS NULL OR model = ?1 ORDER BY used DESC, id DESC LIMIT ?2
                    """, arguments: [model, limit]
            ).map { row in
                Listing(
                    digest: row["digest"], model: row["model"], bytes: row["bytes"], uses: row["uses"],
                    created: row["created"], used: row["used"])
            }
        }
    }

    /// The bytes of the file, and of its pages that hold something.
    static func pages(_ database: Database) throws -> (file: Int, live: Int) {
        let size = try Int.fetchOne(database, sql: "PRAGMA page_size") ?? 0
        let count = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
        let free = try Int.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0
        return (count * size, (count - free) * size)
    }
}

extension ReplyStore.Statistics {
    fileprivate init(_ row: Row) {
        model = row["model"]
        replies = row["replies"]
        bytes = row["bytes"]
        uses = row["uses"]
        savedTokens = row["tokens"]
        savedCost = row["cost"]
        oldest = row["oldest"]
        lastUsed = row["used"]
    }
}

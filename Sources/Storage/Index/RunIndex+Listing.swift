public import Evaluation
import GRDB

extension RunIndex {
    /// Where a page stands in its list.
    public enum PageStart: Sendable, Hashable {
        /// At the beginning.
        case first
        /// At the end.
        case last
        /// Behind a place.
        case behind(EpisodePlace)
        /// Before a place.
        case before(EpisodePlace)
    }

    /// A page of the episodes that a query asks for.
    ///
    /// Throws ``FilterError`` for a filter that does not fit the run, ``EvaluationError`` otherwise: cause
    /// `configuration` for a place of another order, `gage` when the index cannot be read.
    public func page(
        _ query: EpisodeQuery, from start: PageStart = .first, count: Int = 50
    ) async throws -> EpisodePage {
        try await pool.read { database in
            let condition = try Self.condition(query, database)
            return try Self.page(query.order, condition, start, count: count, database)
        }
    }

    /// How many episodes a query asks for.
    ///
    /// Throws as ``page(_:from:count:)`` does.
    public func count(_ query: EpisodeQuery) async throws -> Int {
        try await pool.read { database in
            let condition = try Self.condition(query, database)
            return try Int.fetchOne(
                database, sql: "SELECT count(*) FROM item WHERE \(condition.sql)",
                arguments: StatementArguments(condition.values)) ?? 0
        }
    }

    /// The ids of all episodes that a query asks for, in its order.
    ///
    /// Throws as ``page(_:from:count:)`` does.
    public func identifiers(_ query: EpisodeQuery) async throws -> [EpisodeID] {
        try await pool.read { database in
            let condition = try Self.condition(query, database)
            let sql = """
                SELECT task, sample, trial FROM item WHERE \(condition.sql)
                ORDER BY \(query.order.clause(reversed: false))
                """
            return try Row.fetchAll(database, sql: sql, arguments: StatementArguments(condition.values))
                .map(Self.identifier)
        }
    }

    /// The list's entry of an episode; nil when it is not in the index.
    ///
    /// Throws ``EvaluationError``, cause `gage`, when the index cannot be read.
    public func item(_ id: EpisodeID, order: EpisodeOrder = EpisodeOrder()) async throws -> EpisodeItem? {
        try await pool.read { database in try Self.item(id, order, database) }
    }

    /// The episodes around one in the list that a query asks for, whether it is in the list itself or not.
    ///
    /// Throws as ``page(_:from:count:)`` does.
    public func neighbours(of id: EpisodeID, in query: EpisodeQuery) async throws -> EpisodeNeighbours {
        try await pool.read { database in
            guard let place = try Self.item(id, query.order, database)?.place else { return EpisodeNeighbours() }
            let all = try Self.condition(query, database)
            let failures = SQLCondition.all([SQLCondition("failed"), all])
            let next = { (condition: SQLCondition, side: PageSide) in
                try Self.neighbour(place, side, query.order, condition, database)
            }
            return EpisodeNeighbours(
                previous: try next(all, .before), next: try next(all, .behind),
                previousFailure: try next(failures, .before), nextFailure: try next(failures, .behind))
        }
    }

    // MARK: Statements

    /// What must hold for the episodes of a query.
    static func condition(_ query: EpisodeQuery, _ database: Database) throws -> SQLCondition {
        var parts: [SQLCondition] = []
        let hasFullText = try database.tableExists("body")
        if let filter = query.filter {
            let compiler = FilterCompiler(
                filter: filter, scores: try ScoreNames(database), hasFullText: hasFullText)
            parts.append(try compiler.condition())
        }
        if let search = query.search, !search.isEmpty {
            guard hasFullText else {
                throw StorageFailure.request(
                    "the system's SQLite has no full-text search", advice: "use an SQLite with FTS5")
            }
            if let words = SearchText.words(search) {
                parts.append(
                    SQLCondition(
                        "document IN (SELECT rowid FROM body WHERE body MATCH ?)", [words.databaseValue]))
            } else {
                // Only punctuation: no word is there to be found.
                parts.append(SQLCondition("0"))
            }
        }
        return .all(parts)
    }

    private static func page(
        _ order: EpisodeOrder, _ condition: SQLCondition, _ start: PageStart, count: Int, _ database: Database
    ) throws -> EpisodePage {
        var parts = [condition]
        let isBackward: Bool
        switch start {
        case .first: isBackward = false
        case .last: isBackward = true
        case .behind(let place):
            isBackward = false
            parts.append(try Self.side(.behind, place, order))
        case .before(let place):
            isBackward = true
            parts.append(try Self.side(.before, place, order))
        }
        let all = SQLCondition.all(parts)
        // What is sorted are numbers of rows and not whole rows.
        let direction = order.clause(reversed: isBackward)
        let sql = """
            SELECT *, \(order.placeColumns) FROM item
            WHERE id IN (SELECT id FROM item WHERE \(all.sql) ORDER BY \(direction) LIMIT ?) ORDER BY \(direction)
            """
        var rows = try Row.fetchAll(
            database, sql: sql, arguments: StatementArguments(all.values + [(count + 1).databaseValue]))
        let hasMore = rows.count > count
        if hasMore { rows.removeLast() }
        if isBackward { rows.reverse() }
        var page = EpisodePage(
            items: try rows.map { try Self.item($0, order, database) }, hasEarlier: hasMore, hasLater: hasMore)
        switch start {
        case .first: page.hasEarlier = false
        case .last: page.hasLater = false
        // What was asked from is on the other side, whether it is still in the list or not.
        case .behind: page.hasEarlier = true
        case .before: page.hasLater = true
        }
        return page
    }

    private static func side(
        _ side: PageSide, _ place: EpisodePlace, _ order: EpisodeOrder
    ) throws -> SQLCondition {
        guard let condition = order.condition(side, place) else {
            throw StorageFailure.request("the page's place is of a list in another order")
        }
        return condition
    }

    private static func neighbour(
        _ place: EpisodePlace, _ side: PageSide, _ order: EpisodeOrder, _ condition: SQLCondition,
        _ database: Database
    ) throws -> EpisodeID? {
        let all = SQLCondition.all([condition, try Self.side(side, place, order)])
        let sql = """
            SELECT task, sample, trial FROM item WHERE \(all.sql)
            ORDER BY \(order.clause(reversed: side == .before)) LIMIT 1
            """
        return try Row.fetchOne(database, sql: sql, arguments: StatementArguments(all.values)).map(Self.identifier)
    }

    private static func identifier(_ row: Row) -> EpisodeID {
        EpisodeID(task: row["task"], sample: row["sample"], trial: row["trial"])
    }

    private static func item(_ id: EpisodeID, _ order: EpisodeOrder, _ database: Database) throws -> EpisodeItem? {
        let sql = "SELECT *, \(order.placeColumns) FROM item WHERE task = ? AND sample = ? AND trial = ?"
        return try Row.fetchOne(database, sql: sql, arguments: [id.task, id.sample, id.trial])
            .map { try Self.item($0, order, database) }
    }

    /// The entry of a row of an index, of which several may be open on one connection.
    static func item(row: Int64, in schema: String, _ database: Database) throws -> EpisodeItem {
        let order = EpisodeOrder()
        let sql = "SELECT *, \(order.placeColumns) FROM \(schema).item WHERE id = ?"
        guard let found = try Row.fetchOne(database, sql: sql, arguments: [row]) else {
            throw StorageFailure.plain("the index lost an episode while it was read")
        }
        return try item(found, order, database, schema: schema)
    }

    private static func item(
        _ row: Row, _ order: EpisodeOrder, _ database: Database, schema: String = "main"
    ) throws -> EpisodeItem {
        let tags = try String.fetchAll(
            database.cachedStatement(sql: "SELECT name FROM \(schema).tag WHERE item = ? ORDER BY name"),
            arguments: [row["id"] as Int64])
        let input: Int? = row["input_tokens"]
        let output: Int? = row["output_tokens"]
        return EpisodeItem(
            id: identifier(row), row: row["id"], place: EpisodePlace(row, order: order), outcome: row["outcome"],
            failed: row["failed"], isAmended: row["amended"], cause: row["cause"], termination: row["termination"],
            domain: row["domain"],
            turns: row["turns"], toolCalls: row["tool_calls"],
            tokens: input == nil && output == nil ? nil : (input ?? 0) + (output ?? 0), cost: row["cost"],
            duration: row["duration"], startedAt: row["started_at"], attempts: row["attempts"], score: row["score"],
            summary: row["summary"], tags: tags)
    }
}

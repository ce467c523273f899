public import Evaluation
import GRDB

/// The episodes that two runs have of the same task, sample and trial.
public struct PairedEpisodes: Sendable {
    private let left: RunIndex
    private let right: RunIndex

    /// Pairs two runs' episodes as far as their indexes have them.
    public init(_ left: RunIndex, _ right: RunIndex) {
        self.left = left
        self.right = right
    }

    /// Which pairs are wanted.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// All of them.
        case all
        /// Those that ended in another way, or with another score.
        case changed
        /// Those that passed on the left only.
        case lost
        /// Those that passed on the right only.
        case gained

        fileprivate var condition: String {
            let passed = { (side: String) in "(\(side).outcome = 'scored' AND NOT \(side).failed)" }
            switch self {
            case .all: return "1"
            case .changed: return "(a.outcome <> b.outcome OR a.score IS NOT b.score)"
            case .lost: return "\(passed("a")) AND NOT \(passed("b"))"
            case .gained: return "NOT \(passed("a")) AND \(passed("b"))"
            }
        }
    }

    /// How many pairs there are of each kind.
    public struct Counts: Sendable, Hashable {
        /// All of them.
        public var all = 0
        /// Those that ended in another way, or with another score.
        public var changed = 0
        /// Those that passed on the left only.
        public var lost = 0
        /// Those that passed on the right only.
        public var gained = 0
    }

    /// Two episodes of the same sample.
    public struct Pair: Sendable, Hashable {
        /// Which episode it is, in both.
        public var id: EpisodeID
        /// Where a page behind it begins.
        public var place: EpisodePlace
        /// The first run's.
        public var left: EpisodeItem
        /// The second run's.
        public var right: EpisodeItem
    }

    /// A page of the pairs.
    public struct Page: Sendable {
        /// The pairs, in the order of their names.
        public var pairs: [Pair]
        /// Whether there are pairs before the first.
        public var hasEarlier: Bool
        /// Whether there are pairs behind the last.
        public var hasLater: Bool
    }

    /// How many pairs there are of each kind.
    ///
    /// Throws ``EvaluationError``, cause `gage`, when an index cannot be read.
    public func counts() throws(EvaluationError) -> Counts {
        try read { database in
            let sums = Kind.allCases.map { "sum(\($0.condition)) AS \($0.rawValue)_pairs" }.joined(separator: ", ")
            let row = try Row.fetchOne(database, sql: "SELECT \(sums) FROM \(Self.join)")
            var counts = Counts()
            counts.all = row?["all_pairs"] ?? 0
            counts.changed = row?["changed_pairs"] ?? 0
            counts.lost = row?["lost_pairs"] ?? 0
            counts.gained = row?["gained_pairs"] ?? 0
            return counts
        }
    }

    /// A page of the pairs of a kind.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, for a place of another order, `gage` when an index cannot be read.
    public func page(
        _ kind: Kind, from start: RunIndex.PageStart = .first, count: Int = 50
    ) throws(EvaluationError) -> Page {
        try read { database in
            let parts = ["a.task", "a.sample", "a.trial"]
            var condition = SQLCondition(kind.condition)
            var isBackward = false
            if let (place, side) = start.place {
                isBackward = side == .before
                guard place.values.count == parts.count else {
                    throw StorageFailure.request("the page's place is of a list in another order")
                }
                let marks = SQLCondition(
                    "(\(parts.joined(separator: ", "))) \(isBackward ? "<" : ">") (?, ?, ?)", place.bound)
                condition = .all([condition, marks])
            } else {
                isBackward = start == .last
            }
            let order = parts.map { "\($0) \(isBackward ? "DESC" : "ASC")" }.joined(separator: ", ")
            let sql = """
                SELECT a.id AS left_id, b.id AS right_id FROM \(Self.join) WHERE \(condition.sql)
                ORDER BY \(order) LIMIT ?
                """
            let rows = try Row.fetchAll(
                database, sql: sql, arguments: StatementArguments(condition.values + [(count + 1).databaseValue]))
            let hasMore = rows.count > count
            let kept = isBackward ? rows.prefix(count).reversed() : Array(rows.prefix(count))
            let pairs = try kept.map { row in
                let left = try RunIndex.item(row: row["left_id"], in: "main", database)
                let right = try RunIndex.item(row: row["right_id"], in: "other", database)
                let place = EpisodePlace(
                    values: [.text(left.id.task), .text(left.id.sample), .integer(Int64(left.id.trial))])
                return Pair(id: left.id, place: place, left: left, right: right)
            }
            let isInside = start.place != nil
            return Page(
                pairs: pairs, hasEarlier: isBackward ? hasMore : isInside,
                hasLater: isBackward ? isInside : hasMore)
        }
    }

    private static let join = """
        main.item AS a JOIN other.item AS b ON b.task = a.task AND b.sample = a.sample AND b.trial = a.trial
        """

    /// Reads both indexes over one connection of its own.
    private func read<Value>(_ body: (Database) throws -> Value) throws(EvaluationError) -> Value {
        do {
            var configuration = IndexFile.configuration()
            configuration.readonly = true
            let queue = try DatabaseQueue(path: left.pool.path, configuration: configuration)
            return try queue.inDatabase { database in
                try database.execute(sql: "ATTACH DATABASE ? AS other", arguments: [right.pool.path])
                return try body(database)
            }
        } catch {
            throw JournalDatabase.wrap(error, "cannot compare the indexes of two runs")
        }
    }
}

extension RunIndex.PageStart {
    /// The place and its side, where it is one.
    fileprivate var place: (EpisodePlace, PageSide)? {
        switch self {
        case .behind(let place): (place, .behind)
        case .before(let place): (place, .before)
        case .first, .last: nil
        }
    }
}

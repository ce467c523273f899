public import Evaluation
import GRDB
import Synchronization

/// What an index says about its run as a whole.
public struct RunOverview: Sendable, Hashable {
    /// How the episodes of each group ended, in the plan's order.
    public var groups: [Group] = []
    /// The mean of each metric's value over the episodes that have it.
    public var scores: [MeanScore] = []
    /// Tokens in.
    public var inputTokens = 0
    /// Tokens out.
    public var outputTokens = 0
    /// US dollars of the episodes whose price is known; nil where none is.
    public var cost: Double?
    /// The mean of the episodes' seconds; nil without episodes.
    public var meanDuration: Double?
    /// The tags that there are, with how many episodes have them.
    public var tags: [Count] = []

    /// Episodes of one task and one domain.
    public struct Group: Sendable, Hashable {
        /// The task.
        public var task: String
        /// The domain, where samples say one.
        public var domain: String?
        /// All of them.
        public var total = 0
        /// Those that were scored.
        public var scored = 0
        /// Those that could not be judged.
        public var unscorable = 0
        /// Those that errored, or have less than full marks.
        public var failed = 0
        /// Those that errored, by whose fault it is.
        public var errored: [String: Int] = [:]
    }

    /// The mean of a metric's value.
    public struct MeanScore: Sendable, Hashable {
        /// The metric.
        public var metric: String
        /// Which of its values.
        public var name: String
        /// The mean.
        public var mean: Double
        /// Over how many episodes.
        public var count: Int
    }

    /// A name and how often it stands.
    public struct Count: Sendable, Hashable {
        /// The name.
        public var name: String
        /// How often.
        public var count: Int

        /// Counts a name.
        public init(name: String, count: Int) {
            self.name = name
            self.count = count
        }
    }

    /// All groups as one.
    public var total: Group {
        groups.reduce(into: Group(task: "")) { sum, group in
            sum.total += group.total
            sum.scored += group.scored
            sum.unscorable += group.unscorable
            sum.failed += group.failed
            sum.errored.merge(group.errored, uniquingKeysWith: +)
        }
    }
}

extension RunIndex {
    /// What the index says about the run as a whole; counted anew only when the index has changed.
    ///
    /// While an index is being made, its counts may be two seconds old. Throws ``EvaluationError``, cause `gage`, when the index cannot be read.
    public func overview() async throws(EvaluationError) -> RunOverview {
        let progress = progress
        let known = overviews.withLock { known -> RunOverview? in
            guard let known else { return nil }
            let isRecent = !progress.isCurrent && ContinuousClock.now - known.moment < .seconds(2)
            return known.generation == progress.generation || isRecent ? known.overview : nil
        }
        if let known { return known }
        let overview = try await read { database in
            var overview = RunOverview()
            overview.groups = try Self.groups(database)
            overview.scores = try Self.meanScores(database)
            overview.tags = try Row.fetchAll(
                database, sql: "SELECT name, count(*) AS count FROM tag GROUP BY name ORDER BY name"
            ).map { RunOverview.Count(name: $0["name"], count: $0["count"]) }
            let sums = """
                SELECT sum(input_tokens) AS input, sum(output_tokens) AS output, sum(cost) AS cost,
                    avg(duration) AS duration
                FROM item
                """
            if let row = try Row.fetchOne(database, sql: sums) {
                overview.inputTokens = row["input"] ?? 0
                overview.outputTokens = row["output"] ?? 0
                overview.cost = row["cost"]
                overview.meanDuration = row["duration"]
            }
            return overview
        }
        let counted = KnownOverview(generation: progress.generation, overview: overview, moment: .now)
        overviews.withLock { $0 = counted }
        return overview
    }

    private static func groups(_ database: Database) throws -> [RunOverview.Group] {
        let sql = """
            SELECT task, domain, outcome, cause, failed, count(*) AS count FROM item
            GROUP BY task_ordinal, task, domain, outcome, cause, failed
            """
        var groups: [RunOverview.Group] = []
        for row in try Row.fetchAll(database, sql: sql) {
            let (task, domain, count): (String, String?, Int) = (row["task"], row["domain"], row["count"])
            if groups.last.map({ $0.task != task || $0.domain != domain }) ?? true {
                groups.append(RunOverview.Group(task: task, domain: domain))
            }
            let last = groups.count - 1
            groups[last].total += count
            if row["failed"] { groups[last].failed += count }
            switch row["outcome"] as String {
            case "scored": groups[last].scored += count
            case "unscorable": groups[last].unscorable += count
            default: groups[last].errored[row["cause"] ?? "gage", default: 0] += count
            }
        }
        return groups
    }

    private static func meanScores(_ database: Database) throws -> [RunOverview.MeanScore] {
        let sql = """
            SELECT metric, value_name, avg(value) AS mean, count(*) AS count
            FROM score JOIN score_name ON score_name.id = score.name GROUP BY score.name ORDER BY score.name
            """
        return try Row.fetchAll(database, sql: sql).map { row in
            RunOverview.MeanScore(
                metric: row["metric"], name: row["value_name"], mean: row["mean"], count: row["count"])
        }
    }
}

public import Evaluation

/// Which episodes of a run are wanted, and in which order.
public struct EpisodeQuery: Sendable, Hashable {
    /// What must hold; nil for all episodes.
    public var filter: EpisodeFilter?
    /// Words that must stand somewhere in the transcript; text in double quotes stays together.
    public var search: String?
    /// The order.
    public var order: EpisodeOrder

    /// Asks for episodes.
    public init(filter: EpisodeFilter? = nil, search: String? = nil, order: EpisodeOrder = EpisodeOrder()) {
        self.filter = filter
        self.search = search
        self.order = order
    }
}

/// The order of a list of episodes; equal ones come in the order of the journal's rows.
public struct EpisodeOrder: Sendable, Hashable {
    /// What they are ordered by.
    public enum Key: String, Sendable, Hashable, CaseIterable {
        /// The plan: task, sample, trial.
        case plan
        /// The sample's id.
        case sample
        /// How it ended, failures first.
        case outcome
        /// The first metric's value.
        case score
        /// Messages of the agent.
        case turns
        /// Tokens in and out.
        case tokens
        /// US dollars.
        case cost
        /// Seconds.
        case time
        /// The moment of its start.
        case started
    }

    /// What they are ordered by.
    public var key: Key
    /// Whether the largest comes first.
    public var isDescending: Bool

    /// Sets an order; by default that of the plan.
    public init(_ key: Key = .plan, isDescending: Bool = false) {
        self.key = key
        self.isDescending = isDescending
    }

    /// What rows are ordered by; never null, so that it can be compared with a place.
    var expressions: [String] {
        switch key {
        case .plan: ["task_ordinal", "sample_ordinal", "trial"]
        case .sample: ["sample"]
        case .outcome:
            ["CASE WHEN outcome = 'errored' THEN 0 WHEN failed THEN 1 ELSE 2 END", "coalesce(cause, outcome)"]
        case .score: ["coalesce(score, -1e308)"]
        case .turns: ["turns"]
        case .tokens: ["coalesce(input_tokens, 0) + coalesce(output_tokens, 0)"]
        case .cost: ["coalesce(cost, -1)"]
        case .time: ["duration"]
        case .started: ["started_at"]
        }
    }
}

/// A place in a list, behind or before which a page begins.
///
/// As text it can stand in a link. A place that does not fit the order is refused, since it would lead anywhere.
public struct EpisodePlace: Sendable, Hashable {
    /// The values by which the episode at the place is ordered, and its row last.
    var values: [Value]

    enum Value: Sendable, Hashable {
        case integer(Int64)
        case real(Double)
        case text(String)
    }
}

/// What a list shows of an episode.
public struct EpisodeItem: Sendable, Hashable {
    /// Which it is.
    public var id: EpisodeID
    /// The number of its row in the journal.
    public var row: Int64
    /// Where a page behind it begins.
    public var place: EpisodePlace
    /// `scored`, `errored` or `unscorable`.
    public var outcome: String
    /// Whether it errored or has less than full marks.
    public var failed: Bool
    /// Whether somebody corrected its verdict.
    public var isAmended: Bool
    /// Whose fault an error is.
    public var cause: String?
    /// Why its dialogue ended.
    public var termination: String?
    /// The benchmark's domain.
    public var domain: String?
    /// Messages of the agent.
    public var turns: Int
    /// Calls of tools.
    public var toolCalls: Int
    /// Tokens in and out; nil where none are known.
    public var tokens: Int?
    /// US dollars, where they are known.
    public var cost: Double?
    /// Seconds.
    public var duration: Double
    /// Seconds since 1970 at its start.
    public var startedAt: Double
    /// How often it was attempted.
    public var attempts: Int
    /// The first metric's value.
    public var score: Double?
    /// What came of it, in a line.
    public var summary: String?
    /// The tags that it has now.
    public var tags: [String]
}

/// A page of a list.
public struct EpisodePage: Sendable {
    /// The episodes.
    public var items: [EpisodeItem]
    /// Whether there are episodes before the first.
    public var hasEarlier: Bool
    /// Whether there are episodes behind the last.
    public var hasLater: Bool
}

/// The episodes around one in a list.
public struct EpisodeNeighbours: Sendable, Hashable {
    /// The one before.
    public var previous: EpisodeID?
    /// The one behind.
    public var next: EpisodeID?
    /// The nearest failure before.
    public var previousFailure: EpisodeID?
    /// The nearest failure behind.
    public var nextFailure: EpisodeID?

    /// Nothing around.
    public init(
        previous: EpisodeID? = nil, next: EpisodeID? = nil, previousFailure: EpisodeID? = nil,
        nextFailure: EpisodeID? = nil
    ) {
        self.previous = previous
        self.next = next
        self.previousFailure = previousFailure
        self.nextFailure = nextFailure
    }
}

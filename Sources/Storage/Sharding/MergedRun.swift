public import Evaluation

/// What a merged journal says besides its episodes.
public struct MergedRun: Sendable {
    /// The run as a whole.
    public var metadata: RunMetadata
    /// The processes that worked on any part of it.
    public var sessions: [RunSession]
    /// Its tasks.
    public var tasks: [TaskMetadata]
    /// The records that became no sample.
    public var dropped: [DroppedRecords]

    /// Describes a merged run.
    public init(metadata: RunMetadata, sessions: [RunSession], tasks: [TaskMetadata], dropped: [DroppedRecords]) {
        self.metadata = metadata
        self.sessions = sessions
        self.tasks = tasks
        self.dropped = dropped
    }
}

/// Where the episodes of a merged journal came from.
public struct MergedEpisodes: Sendable, Hashable {
    /// How many were taken from each journal, in the order in which the journals were named.
    public var taken: [Int]
    /// How many were found again in a later journal, just as they were in an earlier one.
    public var identical = 0
    /// How many were found again and were not the same.
    public var contested = 0
    /// The first of the latter.
    public var examples: [ContestedEpisode] = []

    init(taken: [Int]) { self.taken = taken }
}

/// An episode that two journals have, and that is not the same in both.
public struct ContestedEpisode: Sendable, Hashable {
    /// The episode.
    public var id: EpisodeID
    /// The journal whose version is kept.
    public var kept: String
    /// The journal whose version is left.
    public var left: String
}

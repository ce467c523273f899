public import Evaluation
public import JSON
public import Storage

/// A planned episode that no shard has.
public struct MissingEpisode: Sendable, Hashable {
    /// The episode.
    public var id: EpisodeID
    /// The place of its sample in the data set, counted from 0.
    public var place: Int
}

/// A shard that was left out of a merge because a process works on it.
public struct LeftOutShard: Sendable, Hashable {
    /// Which one.
    public var shard: Shard
    /// Who works on it.
    public var reason: String
}

/// A journal that went into a merge.
public struct MergedSource: Sendable, Hashable {
    /// The shard as people write it, or `run` for the run's own journal.
    public var name: String
    /// Where it is.
    public var path: String
    /// How its work stood.
    public var status: RunStatus
    /// How many of the run's episodes were taken from it.
    public var episodes: Int
}

/// What a merge came to.
public struct MergeResult: Sendable {
    /// The run's id.
    public var runID: String
    /// The run's directory.
    public var directory: String
    /// The journals that went into it.
    public var sources: [MergedSource]
    /// Shards that have not begun.
    public var notBegun: [Shard]
    /// Shards that processes work on.
    public var leftOut: [LeftOutShard]
    /// How many episodes are planned.
    public var planned: Int
    /// How many of them no journal has.
    public var missing: Int
    /// The first of these.
    public var missingExamples: [MissingEpisode]
    /// Where the episodes came from, and which were in several journals.
    public var episodes: MergedEpisodes
    /// The largest number of parts that any of the shards was made for.
    public var shardCount: Int

    /// Whether every planned episode is there.
    public var isComplete: Bool { missing == 0 }

    /// The same for programs, as `merge.json` holds it.
    public var json: JSONValue {
        [
            "run_id": .string(runID),
            "complete": .bool(isComplete),
            "planned": JSONValue(planned),
            "sources": .array(
                sources.map {
                    [
                        "name": .string($0.name), "path": .string($0.path), "status": .string($0.status.rawValue),
                        "episodes": JSONValue($0.episodes),
                    ]
                }),
            "not_begun": .array(notBegun.map { .string($0.description) }),
            "left_out": .array(
                leftOut.map { ["shard": .string($0.shard.description), "reason": .string($0.reason)] }),
            "duplicates": [
                "identical": JSONValue(episodes.identical), "contested": JSONValue(episodes.contested),
                "episodes": .array(
                    episodes.examples.map {
                        .object(Self.name($0.id).merging(["kept": .string($0.kept), "left": .string($0.left)]))
                    }),
            ],
            "missing": [
                "count": JSONValue(missing),
                "episodes": .array(
                    missingExamples.map {
                        let owner = Shard.owner(of: $0.place, count: shardCount)
                        return .object(Self.name($0.id).merging(["shard": .string("\(owner)/\(shardCount)")]))
                    }),
            ],
        ]
    }

    private static func name(_ id: EpisodeID) -> JSONObject {
        ["task_id": .string(id.task), "sample_id": .string(id.sample), "trial": JSONValue(id.trial)]
    }
}

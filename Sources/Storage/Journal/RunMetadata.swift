public import Evaluation
public import JSON

/// What a journal says about its run as a whole.
public struct RunMetadata: Sendable, Hashable {
    /// The run's id.
    public var runID: String
    /// The configuration's `metadata.name`.
    public var name: String
    /// The digest of the plan that the run follows.
    public var planDigest: String
    /// The run's seed.
    public var seed: UInt64
    /// The version of gage that began the run.
    public var gageVersion: String
    /// The effective configuration, secrets redacted.
    public var configuration: JSONValue
    /// How the run stands.
    public var status: RunStatus
    /// Why it stopped or failed, in a sentence; nil while it runs and when it finished.
    public var statusReason: String?
    /// Seconds since 1970 at the start.
    public var startedAt: Double
    /// Which part of the run the journal is of; nil where it is of the whole run.
    public var shard: ShardMetadata?

    /// Describes a run that begins.
    public init(
        runID: String, name: String, planDigest: String, seed: UInt64, gageVersion: String, configuration: JSONValue,
        startedAt: Double
    ) {
        self.runID = runID
        self.name = name
        self.planDigest = planDigest
        self.seed = seed
        self.gageVersion = gageVersion
        self.configuration = configuration
        self.startedAt = startedAt
        status = .running
        statusReason = nil
        shard = nil
    }
}

/// Which part of a run a journal is of.
public struct ShardMetadata: Sendable, Hashable {
    /// The part.
    public var shard: Shard
    /// What the command line said beside the configuration that decides what is run; the same for all parts of a run.
    public var options: JSONObject

    /// Describes a part.
    public init(shard: Shard, options: JSONObject) {
        self.shard = shard
        self.options = options
    }
}

/// How a run stands.
public enum RunStatus: String, Sendable, Hashable, CaseIterable {
    /// A process works on it, or was killed while it did.
    case running
    /// Every planned episode is in the journal.
    case completed
    /// It was interrupted by the user and can be resumed.
    case interrupted
    /// It stopped early for a reason of its own: a budget, a policy; it can be resumed.
    case stopped
    /// It could not go on.
    case failed
}

/// One process's work on a run: the first start, or a resumption.
public struct RunSession: Sendable, Hashable {
    /// What the process did: `run`, `resume`, `retry`, `score`.
    public var command: String
    /// The version of gage.
    public var gageVersion: String
    /// Seconds since 1970 at its start.
    public var startedAt: Double
    /// Seconds since 1970 at its end; nil while it works, and when it was killed.
    public var endedAt: Double?

    /// Describes a process's work.
    public init(command: String, gageVersion: String, startedAt: Double, endedAt: Double? = nil) {
        self.command = command
        self.gageVersion = gageVersion
        self.startedAt = startedAt
        self.endedAt = endedAt
    }
}

/// What a journal says about one task of its run.
public struct TaskMetadata: Sendable, Hashable {
    /// The task's id.
    public var id: String
    /// Its place in the plan, counted from 0.
    public var ordinal: Int
    /// The data set's id.
    public var datasetID: String
    /// What the loader says about the data set.
    public var datasetMetadata: JSONObject
    /// How many episodes are planned; nil until it is known.
    public var plannedEpisodes: Int?
    /// Whether the data set was read to its end, so that ``plannedEpisodes`` is exact and not an estimate.
    public var isFullyPlanned: Bool

    /// Describes a task that begins.
    public init(id: String, ordinal: Int, datasetID: String, datasetMetadata: JSONObject = [:]) {
        self.id = id
        self.ordinal = ordinal
        self.datasetID = datasetID
        self.datasetMetadata = datasetMetadata
        plannedEpisodes = nil
        isFullyPlanned = false
    }
}

/// Records of a task's data set that became no sample, for one reason.
public struct DroppedRecords: Sendable, Hashable {
    /// The task's id.
    public var task: String
    /// Why they were left out.
    public var reason: String
    /// How many there were.
    public var count: Int
    /// Where the first of them stand, as `tasks.jsonl:12`.
    public var examples: [String]

    /// Counts records.
    public init(task: String, reason: String, count: Int, examples: [String]) {
        self.task = task
        self.reason = reason
        self.count = count
        self.examples = examples
    }
}

/// How many episodes of a task ended in which way.
public struct OutcomeCounts: Sendable, Hashable {
    /// Those with a score.
    public var scored = 0
    /// Those that could not be judged.
    public var unscorable = 0
    /// Those that failed, by cause.
    public var errored: [String: Int] = [:]

    /// Nothing counted.
    public init() {}

    /// Those that failed.
    public var erroredTotal: Int { errored.values.reduce(0, +) }
    /// All of them.
    public var total: Int { scored + unscorable + erroredTotal }
}

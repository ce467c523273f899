public import Evaluation

/// How a plan is executed: what the command line says beside the configuration.
public struct RunOptions: Sendable {
    /// Where run directories are made.
    public var outputDirectory = "runs"
    /// The run's id; nil for a new one of the time and chance.
    public var runID: String?
    /// The part of the run to do; nil for all of it, or, when going on with a shard's directory, for that shard.
    public var shard: Shard?
    /// Whether to go on with a run of this id, doing what its journal does not have yet.
    public var resumes = false
    /// When going on: whether a configuration that changed since is accepted.
    public var allowsChangedConfiguration = false
    /// When going on: whether episodes that errored are attempted again; their earlier versions are kept.
    public var retriesErrored = false
    /// The samples to attempt, by id; nil for all.
    ///
    /// The others keep what the journal has of them, and a run that lacks some of them has stopped, not completed.
    public var onlySamples: Set<String>?
    /// Episodes at once, in place of what the tasks say.
    public var concurrency: Int?
    /// The largest number of samples of each task, in place of what the tasks say; counted after preprocessing.
    public var maxSamples: Int?
    /// The metrics to compute, by id; empty for all.
    public var metricIDs: [String] = []
    /// Whether judges are left out; then nothing that has judges can be scored.
    public var skipsJudges = false
    /// Whether the first errored episode stops the run.
    public var failFast = false
    /// How long an errored episode waits for its second attempt; twice as long for each further one, up to a minute.
    public var retryDelay = Duration.seconds(1)
    /// What the run may use.
    public var budget = RunBudget()
    /// The version of gage, for the journal and the summary.
    public var gageVersion = "development"
    /// The text of `config.yaml` in the run directory, secrets redacted; nil to leave the file out.
    public var configurationText: String?
    /// Turns the run into spans as it goes on; nil for no trace.
    public var tracer: RunTracer?
    /// Told how the run stands, at most every ``progressInterval``, and once at the end of each task.
    public var onProgress: (@Sendable (ProgressSnapshot) -> Void)?
    /// Told of each episode that is in the journal, in the order in which they are committed.
    public var onCommit: (@Sendable (EpisodeRecord) -> Void)?
    /// The shortest time between two reports of progress.
    public var progressInterval = Duration.milliseconds(100)

    /// The defaults.
    public init() {}
}

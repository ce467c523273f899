public import Evaluation

/// One task: a data set, the steps that its samples take, and the metrics.
public struct PlannedTask: Sendable {
    /// The task's id.
    public var id: String
    /// Where the samples come from.
    public var dataset: PlannedDataset
    /// The steps, in order, `auto_eval` last.
    public var steps: [PlannedStep]
    /// The metrics of this task.
    public var metrics: [PlannedMetric]
    /// The largest number of samples, counted after preprocessing; nil for all.
    public var maxSamples: Int?
    /// Attempts at each sample that does not say itself how many.
    public var trials: Int
    /// Episodes at once.
    public var concurrency: Int
    /// Samples read ahead of those at work.
    public var prefetch: Int
    /// Whether samples are taken in a shuffled order.
    public var shuffle: Bool
    /// The seed of that order.
    public var shuffleSeed: UInt64
    /// What stands for the task's id in its episodes' seeds, so that tasks can be compared pair by pair; nil for the id.
    public var seedGroup: String?
    /// How often an errored episode is attempted again, where its error says that this can help.
    public var maxRetries: Int
    /// The wall-clock limit of one attempt; nil for none.
    public var episodeTimeout: Duration?
    /// Where results go besides the run directory.
    public var reportSinks: [PlannedReportSink]
    /// Where the task was written.
    public var location: SourceLocation

    /// A task with one trial, one episode at a time.
    public init(id: String, dataset: PlannedDataset, location: SourceLocation) {
        self.id = id
        self.dataset = dataset
        steps = []
        metrics = []
        maxSamples = nil
        trials = 1
        concurrency = 1
        prefetch = 2
        shuffle = false
        shuffleSeed = 123
        seedGroup = nil
        maxRetries = 2
        episodeTimeout = nil
        reportSinks = []
        self.location = location
    }
}

/// A place besides the run directory that a task's results go to.
public enum PlannedReportSink: Sendable, Hashable {
    /// The terminal, which gets every task's results anyway.
    case console
    /// A file, as the configuration says it; relative paths are read against the plan's base directory.
    case file(path: String)
}

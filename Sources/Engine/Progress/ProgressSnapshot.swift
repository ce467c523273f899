/// How a run stands at one moment.
public struct ProgressSnapshot: Sendable, Hashable {
    /// How one task stands.
    public struct Task: Sendable, Hashable {
        /// The task's id.
        public var id: String
        /// How many episodes are planned in all; nil while that is not known.
        public var planned: Int?
        /// Episodes in the journal, those of earlier sessions included.
        public var done = 0
        /// Of these: episodes that were in the journal when the session began.
        public var doneBefore = 0
        /// Episodes being attempted.
        public var running = 0
        /// Episodes of this session that have a score.
        public var scored = 0
        /// Episodes of this session that could not be judged.
        public var unscorable = 0
        /// Episodes of this session that failed, by cause.
        public var errored: [String: Int] = [:]
        /// Attempts that failed and were or will be made again.
        public var retries = 0
        /// Records that became no sample.
        public var dropped = 0
        /// The running mean of each metric's first value, over the episodes of this session.
        public var scores: [RunningScore] = []
        /// Episodes at once, as wanted now.
        public var concurrency = 1
        /// Whether the user told the run to leave the task.
        public var isCancelled = false
        /// Whether the task is over.
        public var isFinished = false

        /// A task that has not begun.
        public init(id: String) { self.id = id }
    }

    /// A mean over the episodes so far.
    public struct RunningScore: Sendable, Hashable {
        /// The metric's id.
        public var metric: String
        /// The mean.
        public var mean: Double
        /// Over how many episodes.
        public var count: Int
    }

    /// The run's id.
    public var runID: String
    /// The tasks, in plan order.
    public var tasks: [Task]
    /// Tokens used in this session, failed attempts included.
    public var tokens = 0
    /// US dollars spent in this session, as far as prices are known.
    public var cost = 0.0
    /// Seconds since the session began.
    public var elapsed = 0.0
    /// Episodes finished a second over the last half minute; nil before the first.
    public var rate: Double?
    /// Seconds until all planned episodes are done at that rate; nil where either is unknown.
    public var remaining: Double?
    /// Whether the user wants nothing new to begin.
    public var isPaused = false
    /// Why the run is stopping, where it is.
    public var stopping: String?

    /// A run that begins.
    public init(runID: String, tasks: [Task]) {
        self.runID = runID
        self.tasks = tasks
    }
}

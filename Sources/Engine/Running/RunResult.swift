public import Evaluation
public import Storage

/// What a run, or a part of it, came to.
public struct RunResult: Sendable {
    /// The run's id.
    public var runID: String
    /// The run's directory.
    public var directory: String
    /// How the run stands now, as the journal says.
    public var status: RunStatus
    /// Why it stopped early; nil when it did not.
    public var stopReason: StopReason?
    /// The tasks that were begun, in plan order.
    public var tasks: [TaskResult]
    /// What this session used, failed attempts included.
    public var spending: Spending
    /// Why events of this session are not in its log; nil when all are.
    ///
    /// The journal, and so the result, is whole all the same.
    public var lostEvents: EvaluationError?

    /// All tasks' episodes together.
    public var outcomes: OutcomeCounts {
        tasks.reduce(into: OutcomeCounts()) { sum, task in
            sum.scored += task.outcomes.scored
            sum.unscorable += task.outcomes.unscorable
            sum.errored.merge(task.outcomes.errored, uniquingKeysWith: +)
        }
    }
}

/// What one task of a run came to, earlier sessions included.
public struct TaskResult: Sendable {
    /// The task's id.
    public var id: String
    /// How its episodes ended.
    public var outcomes: OutcomeCounts
    /// How many episodes are planned; nil where the run stopped before that was known.
    public var planned: Int?
    /// How many records became no sample, and why.
    public var dropped: [DroppedRecords]
}

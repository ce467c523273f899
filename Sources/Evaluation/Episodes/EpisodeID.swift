/// Names one attempt: which task of the plan, which sample, which trial.
public struct EpisodeID: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The task's id in the plan.
    public let task: String
    /// The sample's id within the task.
    public let sample: String
    /// The attempt, counted from 0.
    public let trial: Int

    /// Names an attempt.
    public init(task: String, sample: String, trial: Int) {
        self.task = task
        self.sample = sample
        self.trial = trial
    }

    /// The attempt as `task:sample__trial_0`.
    public var description: String { "\(task):\(sample)__trial_\(trial)" }

    /// Orders by task, sample, trial.
    public static func < (left: Self, right: Self) -> Bool {
        (left.task, left.sample, left.trial) < (right.task, right.sample, right.trial)
    }
}

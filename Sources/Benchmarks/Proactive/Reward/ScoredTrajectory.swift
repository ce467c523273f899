/// A trajectory with its task score: everything that rewards are made of, whatever their weights.
public struct ScoredTrajectory: Sendable, Hashable {
    /// The trajectory.
    public var trajectory: ProactiveTrajectory
    /// How well the task was done.
    public var task: TaskScore

    /// Puts both together.
    public init(_ trajectory: ProactiveTrajectory, task: TaskScore) {
        self.trajectory = trajectory
        self.task = task
    }

    /// The interruption cost by these weights.
    public func interruptCost(_ settings: RewardSettings) -> Double { settings.cost.cost(of: trajectory) }

    /// The reward by these weights.
    public func reward(_ settings: RewardSettings) -> Double {
        settings.reward(taskScore: task.score, interruptCost: interruptCost(settings))
    }
}

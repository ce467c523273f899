/// What an action came to at a decision point.
public struct ActionFigures: Sendable, Hashable {
    /// The reward.
    public var reward: Double
    /// The task score.
    public var taskScore: Double
    /// The interruption cost.
    public var interruptCost: Double
    /// What the assistant said, in the best of the action's trajectories.
    public var text: String

    /// The figures of one action's trajectories, best or mean; nil without trajectories.
    ///
    /// Of trajectories with equal rewards the first counts.
    public init?(_ trajectories: [ScoredTrajectory], settings: RewardSettings) {
        guard let first = trajectories.first else { return nil }
        var best = first
        for other in trajectories.dropFirst() where other.reward(settings) > best.reward(settings) { best = other }
        text = best.trajectory.assistantMessage
        switch settings.rank {
        case .best:
            reward = best.reward(settings)
            taskScore = best.task.score
            interruptCost = best.interruptCost(settings)
        case .mean:
            let count = Double(trajectories.count)
            reward = trajectories.reduce(0) { $0 + $1.reward(settings) } / count
            taskScore = trajectories.reduce(0) { $0 + $1.task.score } / count
            interruptCost = trajectories.reduce(0) { $0 + $1.interruptCost(settings) } / count
        }
    }
}

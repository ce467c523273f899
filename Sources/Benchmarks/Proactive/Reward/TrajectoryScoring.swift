/// Scores many trajectories at a time, a few of them at once.
public struct TrajectoryScoring: Sendable {
    private let reward: TaskReward
    private let concurrency: Int

    /// Scores with at most so many tests running at once.
    public init(reward: TaskReward, concurrency: Int = 4) {
        self.reward = reward
        self.concurrency = max(1, concurrency)
    }

    /// The trajectories with their scores, in their order.
    ///
    /// Throws what ``TaskReward`` throws.
    public func scored(_ trajectories: [ProactiveTrajectory]) async throws -> [ScoredTrajectory] {
        let scores = try await trajectories.mapped(atOnce: concurrency) { try await reward.score($0) }
        return zip(trajectories, scores).map { ScoredTrajectory($0, task: $1) }
    }
}

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

extension Array where Element: Sendable {
    /// The results for the elements in their order, at most so many being worked on at once.
    func mapped<Result: Sendable>(
        atOnce limit: Int, _ work: @escaping @Sendable (Element) async throws -> Result
    ) async throws -> [Result] {
        try await withThrowingTaskGroup(of: (Int, Result).self) { group in
            var found = [Result?](repeating: nil, count: count)
            var next = 0
            func start() {
                guard next < count else { return }
                let (index, element) = (next, self[next])
                next += 1
                group.addTask { (index, try await work(element)) }
            }
            for _ in 0..<limit { start() }
            while let (index, result) = try await group.next() {
                found[index] = result
                start()
            }
            return found.compactMap { $0 }
        }
    }
}

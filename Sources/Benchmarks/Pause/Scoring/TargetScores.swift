/// Task completion and targets achieved over trajectories.
public struct TargetScores: Sendable, Hashable {
    /// Trajectories with at least one decided target.
    public private(set) var count = 0
    /// Trajectories whose decided targets are all true.
    public private(set) var completed = 0
    /// The sum of the shares of true targets.
    public private(set) var achievedSum = 0.0
    /// Targets that were decided, and targets in all.
    public private(set) var decidedTargets = 0, allTargets = 0

    /// Nothing counted yet.
    public init() {}

    /// Counts one trajectory; nil stands for a target that nothing could decide, which is left out.
    public mutating func add(_ targets: [Bool?]) {
        let decided = targets.compactMap { $0 }
        allTargets += targets.count
        decidedTargets += decided.count
        guard !decided.isEmpty else { return }
        count += 1
        let achieved = decided.count { $0 }
        if achieved == decided.count { completed += 1 }
        achievedSum += Double(achieved) / Double(decided.count)
    }

    /// Counts one trajectory that reached nothing, such as one whose targets list is empty.
    public mutating func addFailure() { count += 1 }

    /// TC: the share of completed trajectories; nil when there are none.
    public var taskCompletion: Double? { count == 0 ? nil : Double(completed) / Double(count) }

    /// TA: the mean share of true targets; nil when there are no trajectories.
    public var targetsAchieved: Double? { count == 0 ? nil : achievedSum / Double(count) }

    /// The share of targets that something decided; nil without targets.
    public var coverage: Double? { allTargets == 0 ? nil : Double(decidedTargets) / Double(allTargets) }
}

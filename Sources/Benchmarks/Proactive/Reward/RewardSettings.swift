/// How task score and interruption cost become a reward, and rewards become preference pairs.
public struct RewardSettings: Sendable, Hashable {
    /// The interruption cost.
    public var cost = InterruptCost()
    /// The weight of the task score.
    public var taskWeight = 1.0
    /// The weight of the interruption cost; nil is the formula's own: 1 with `seed`, .1 with `v2`.
    public var interruptWeight: Double?
    /// How an action's trajectories become one figure.
    public var rank = ActionRank.best
    /// Rewards that are not further apart than this make no pair.
    public var minimumGap = 0.0

    /// The published weights.
    public init() {}

    /// The weight of the interruption cost that holds.
    public var effectiveInterruptWeight: Double { interruptWeight ?? (cost.formula == .v2 ? 0.1 : 1) }

    /// R = w_task R_task − w_interrupt C.
    public func reward(taskScore: Double, interruptCost: Double) -> Double {
        taskWeight * taskScore - effectiveInterruptWeight * interruptCost
    }
}

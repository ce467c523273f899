/// Where an episode stands in the plan's order.
public struct EpisodePosition: Sendable, Hashable {
    /// The task's place in the plan, counted from 0.
    public var task: Int
    /// The sample's place in the task, counted from 0, as planned.
    public var sample: Int

    /// Names a place.
    public init(task: Int, sample: Int) {
        self.task = task
        self.sample = sample
    }
}

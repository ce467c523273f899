import Statistics

/// What the official command draws at random in a run without concurrency: the order of tasks, and examples for agents.
///
/// One generator serves the whole official run, so what an episode gets depends on all that come before it.
struct Tau1OfficialStream: Sendable, Hashable {
    /// The run's seed.
    var seed = 10
    /// How many tasks the split has, one of which the official command draws and throws away.
    var splitCount: Int
    /// How many tasks the run has.
    var taskCount: Int
    /// Whether the tasks are shuffled before each trial.
    var shuffles = false

    /// The places of the tasks in the order in which a trial goes through them.
    func order(ofTrial trial: Int) -> [Int] {
        var random = opened
        var order = Array(0..<taskCount)
        for _ in 0...trial { advance(&order, &random) }
        return order
    }

    /// The places of the examples that the agent is shown for the task at `position` in a trial.
    ///
    /// `count` of `displayCount` are drawn, which have to be enough.
    func displays(_ count: Int, of displayCount: Int, position: Int, trial: Int) -> [Int] {
        var random = opened
        var order = Array(0..<taskCount)
        let places = Array(0..<displayCount)
        for current in 0...trial {
            advance(&order, &random)
            for place in order {
                let drawn = random.sample(places, count: count)
                if current == trial, place == position { return drawn }
            }
        }
        return Array(places.prefix(count))
    }

    private var opened: PythonRandom {
        var random = PythonRandom(seed: seed)
        _ = random.randint(0, splitCount)
        return random
    }

    private func advance(_ order: inout [Int], _ random: inout PythonRandom) {
        if shuffles { random.shuffle(&order) }
    }
}

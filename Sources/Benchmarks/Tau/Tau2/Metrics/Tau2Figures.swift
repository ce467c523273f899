import Statistics

/// One finished run of a task, as far as the official figures need to know.
public struct Tau2RunRow: Sendable, Hashable {
    /// The task, told apart from tasks of other domains.
    public var task: String
    /// The reward.
    public var reward: Double
    /// What the agent's model cost; nil where that is unknown.
    public var agentCost: Double?
    /// Whether the run never really took place; such rows are counted and left out.
    public var isInfrastructureError: Bool

    /// Takes a row.
    public init(task: String, reward: Double, agentCost: Double?, isInfrastructureError: Bool = false) {
        self.task = task
        self.reward = reward
        self.agentCost = agentCost
        self.isInfrastructureError = isInfrastructureError
    }
}

/// The official figures of a set of runs.
public struct Tau2Figures: Sendable, Hashable {
    /// The mean reward over runs; 0 without runs, as officially.
    public let averageReward: Double
    /// The mean of the known agent costs; nil where none is known.
    public let averageAgentCost: Double?
    /// How many runs were judged.
    public let simulations: Int
    /// How many tasks they are of.
    public let tasks: Int
    /// How many runs never took place.
    public let infrastructureErrors: Int
    /// pass^k for k from 1: capped by the planned trials and by the task with the fewest runs.
    public let passHat: [Double]

    /// Computes the figures of runs that were planned with so many trials a task.
    public init(_ rows: [Tau2RunRow], plannedTrials: Int) {
        let judged = rows.filter { !$0.isInfrastructureError }
        infrastructureErrors = rows.count - judged.count
        simulations = judged.count
        averageReward = judged.map(\.reward).mean ?? 0
        averageAgentCost = judged.isEmpty ? 0 : judged.compactMap(\.agentCost).mean
        var trials: [String: TaskTrials] = [:]
        for row in judged {
            trials[row.task, default: TaskTrials(count: 0, successes: 0)].count += 1
            if Tau2RewardInfo.isSuccess(row.reward) {
                trials[row.task]?.successes += 1
            }
        }
        tasks = trials.count
        let inOrder = trials.sorted { $0.key < $1.key }.map(\.value)
        passHat = Array(PassEstimates(inOrder).passHatK.prefix(max(0, plannedTrials)))
    }
}

/// The seeds that the official command gives to the models of each trial.
public enum Tau2TrialSeeds {
    /// The seeds of the first trials of a run with this seed: one draw each from Python's generator.
    public static func seeds(runSeed: Int, count: Int) -> [Int] {
        var random = PythonRandom(seed: runSeed)
        return (0..<max(0, count)).map { _ in random.randint(0, 1_000_000) }
    }
}

/// The trials of one task.
public struct TaskTrials: Sendable, Hashable {
    /// How many trials were scored.
    public var count: Int
    /// How many of them succeeded.
    public var successes: Int

    /// Takes the counts.
    public init(count: Int, successes: Int) {
        self.count = count
        self.successes = successes
    }

    /// The chance that at least one of `k` trials succeeds: pass@k.
    ///
    /// The unbiased estimate 1 - C(n-c, k) / C(n, k) of Chen et al., "Evaluating Large Language Models Trained on Code", 2021. Nil
    /// unless 1 ≤ k ≤ n.
    public func passAt(_ k: Int) -> Double? {
        guard k >= 1, k <= count else { return nil }
        return 1 - TaskTrials.shareOfSubsets(within: count - successes, of: count, size: k)
    }

    /// The chance that all of `k` trials succeed: pass^k.
    ///
    /// The unbiased estimate C(c, k) / C(n, k) of Yao et al., "τ-bench: A Benchmark for Tool-Agent-User Interaction in Real-World
    /// Domains", 2024. Nil unless 1 ≤ k ≤ n.
    public func passHat(_ k: Int) -> Double? {
        guard k >= 1, k <= count else { return nil }
        return TaskTrials.shareOfSubsets(within: successes, of: count, size: k)
    }

    /// C(part, size) / C(whole, size), as a product of factors no greater than one, so that nothing overflows.
    private static func shareOfSubsets(within part: Int, of whole: Int, size: Int) -> Double {
        guard part >= size else { return 0 }
        return (0..<size).reduce(1) { $0 * Double(part - $1) / Double(whole - $1) }
    }
}

/// pass@k and pass^k over a set of tasks.
public struct PassEstimates: Sendable, Hashable {
    /// The trials of each task that has any.
    public let tasks: [TaskTrials]
    /// The greatest k with an estimate for every task: the smallest number of trials.
    ///
    /// Zero without tasks.
    public let maximumK: Int

    /// Takes the trials of each task; tasks without trials are left out, for there is nothing to estimate.
    public init(_ tasks: [TaskTrials]) {
        self.tasks = tasks.filter { $0.count > 0 }
        maximumK = self.tasks.map(\.count).min() ?? 0
    }

    /// The mean over tasks of pass@k, for k from one to ``maximumK``.
    public var passAtK: [Double] { means { $0.passAt($1) } }

    /// The mean over tasks of pass^k, for k from one to ``maximumK``.
    public var passHatK: [Double] { means { $0.passHat($1) } }

    private func means(_ estimate: (TaskTrials, Int) -> Double?) -> [Double] {
        (0..<maximumK).compactMap { place in tasks.compactMap { estimate($0, place + 1) }.mean }
    }
}

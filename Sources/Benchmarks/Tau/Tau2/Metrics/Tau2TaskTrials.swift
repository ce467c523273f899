import Statistics

/// The trials of tasks, told apart by domain and name.
struct Tau2TaskTrials {
    private struct Key: Hashable {
        var domain: String
        var task: String
    }

    private var places: [Key: Int] = [:]
    private var trials: [TaskTrials] = []

    /// Counts a trial.
    mutating func add(task: String, of domain: String, isSuccess: Bool) {
        let key = Key(domain: domain, task: task)
        let place = places[key] ?? trials.count
        if place == trials.count {
            places[key] = place
            trials.append(TaskTrials(count: 0, successes: 0))
        }
        trials[place].count += 1
        if isSuccess { trials[place].successes += 1 }
    }

    /// How many tasks there are.
    var taskCount: Int { trials.count }

    /// The number of trials of the task that has the fewest.
    var fewestTrials: Int { trials.map(\.count).min() ?? 0 }

    /// pass^k as a mean over tasks.
    func passHat(_ k: Int) -> ClusteredShare? {
        let estimates = trials.compactMap { $0.passHat(k) }
        guard estimates.count == trials.count else { return nil }
        return ClusteredShare(estimates, clusters: Array(estimates.indices))
    }
}

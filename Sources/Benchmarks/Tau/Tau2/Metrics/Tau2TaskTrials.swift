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
    func passHat(_ k: Int) -> Tau2TaskMean? {
        let estimates = trials.compactMap { $0.passHat(k) }
        guard estimates.count == trials.count else { return nil }
        return Tau2TaskMean(estimates, clusters: Array(estimates.indices))
    }
}

/// A mean of values between 0 and 1 that come in tasks, with its 95 % interval over tasks.
struct Tau2TaskMean {
    /// The mean of all values.
    let mean: Double
    /// The interval, cut to between 0 and 1; nil where one task says nothing about others.
    let interval: Interval?

    /// Takes values, each with the task that it is of; nil without values.
    ///
    /// Where all values of every task are the same 0 or 1, the tasks are so many draws of a share, and the interval is
    /// Wilson's: Student's would shrink to a point as soon as all tasks agree.
    init?<Cluster: Hashable>(_ values: [Double], clusters: [Cluster]) {
        guard let estimate = ClusteredMean(values, clusters: clusters) else { return nil }
        mean = estimate.mean
        let byTask = Dictionary(zip(clusters, values).map { ($0, Set([$1])) }) { $0.union($1) }
        if byTask.values.allSatisfy({ $0 == [0] || $0 == [1] }) {
            let share = Proportion(successes: byTask.values.count { $0 == [1] }, of: byTask.count)
            interval = share?.wilsonInterval()
        } else {
            interval = estimate.studentInterval().map { Interval(max(0, $0.lower), min(1, $0.upper)) }
        }
    }
}

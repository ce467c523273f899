import Evaluation
import JSON
import Statistics

/// Episodes of the original τ-bench that are summed up together.
struct Tau1SummaryGroup {
    /// One episode, as far as it is summed up.
    struct Trial {
        var environment: String
        var task: String
        var found: JSONValue
        var outcome: Outcome
    }

    private(set) var episodes = 0
    private var trials = Tau2TaskTrials()
    private var rewards: [Double] = []
    private var clusters: [String] = []
    /// Successes by task, of all tasks that were attempted: the official command counts what it could not run as failed.
    private var attempted: [String: TaskTrials] = [:]
    private var costs: [String: [Double]] = [:]
    private var terminations: [String: Int] = [:]
    private var matches: [Bool: Int] = [:]
    private var errored = 0
    private var unscorable = 0

    mutating func add(_ trial: Trial) {
        episodes += 1
        let cluster = "\(trial.environment)\u{1}\(trial.task)"
        attempted[cluster, default: TaskTrials(count: 0, successes: 0)].count += 1
        switch trial.outcome {
        case .errored: errored += 1
        case .unscorable: unscorable += 1
        case .scored: addScored(trial, cluster: cluster)
        }
    }

    private mutating func addScored(_ trial: Trial, cluster: String) {
        guard let reward = trial.found["reward"]?.doubleValue else { return }
        let isSuccess = Tau2RewardInfo.isSuccess(reward)
        rewards.append(reward)
        clusters.append(cluster)
        trials.add(task: trial.task, of: trial.environment, isSuccess: isSuccess)
        if isSuccess { attempted[cluster]?.successes += 1 }
        for key in ["agent_cost", "user_cost"] {
            if let cost = trial.found[key]?.doubleValue { costs[key, default: []].append(cost) }
        }
        if let reason = trial.found["termination_reason"]?.stringValue { terminations[reason, default: 0] += 1 }
        if let isMatch = trial.found["checks"]?["actions_match"]?.boolValue { matches[isMatch, default: 0] += 1 }
    }

    /// The figures, and beside them those of the official command, which differ as soon as an episode is not scored.
    var json: JSONObject {
        let mean = ClusteredShare(rewards, clusters: clusters)
        var counts: JSONObject = [:]
        for (reason, count) in terminations.sorted(by: { $0.key < $1.key }) { counts[reason] = JSONValue(count) }
        return [
            "total": JSONValue(rewards.count), "planned": JSONValue(episodes), "errored": JSONValue(errored),
            "unscorable": JSONValue(unscorable), "tasks": JSONValue(trials.taskCount),
            "avg_reward": JSONValue(optional: mean?.mean), "avg_reward_interval": Self.json(mean?.interval),
            "pass_hat_k": passHat { JSONValue($0.mean) }, "pass_hat_intervals": passHat { Self.json($0.interval) },
            "official": [
                "average_reward": JSONValue(rewards.reduce(0, +) / Double(max(1, episodes))),
                "pass_hat_k": officialPassHat,
            ],
            "avg_agent_cost": JSONValue(optional: costs["agent_cost"]?.mean),
            "avg_user_cost": JSONValue(optional: costs["user_cost"]?.mean),
            "actions_match": JSONValue(matches[true] ?? 0), "actions_mismatch": JSONValue(matches[false] ?? 0),
            "termination": .object(counts),
        ]
    }

    private func passHat(_ value: (ClusteredShare) -> JSONValue) -> JSONValue {
        var object: JSONObject = [:]
        for k in 0..<trials.fewestTrials {
            if let estimate = trials.passHat(k + 1) { object["\(k + 1)"] = value(estimate) }
        }
        return .object(object)
    }

    /// pass^k with the number of trials of the run for every task, whatever became of them.
    private var officialPassHat: JSONValue {
        let planned = attempted.values.map(\.count).max() ?? 0
        let tasks = attempted.values.map { TaskTrials(count: planned, successes: $0.successes) }
        var object: JSONObject = [:]
        for (place, value) in PassEstimates(tasks).passHatK.enumerated() { object["\(place + 1)"] = JSONValue(value) }
        return .object(object)
    }

    private static func json(_ interval: Interval?) -> JSONValue {
        guard let interval else { return .null }
        return [JSONValue(interval.lower), JSONValue(interval.upper)]
    }
}

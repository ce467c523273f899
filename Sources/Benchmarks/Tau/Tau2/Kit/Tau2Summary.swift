import Evaluation
import JSON
import Statistics

/// `tau2_summary`: rewards, pass^k and costs of τ²-bench, overall and by domain.
struct Tau2Summary: SummaryGenerator {
    static let key = "tau2_summary"

    var fidelity: FidelityStatement? {
        FidelityStatement(
            benchmark: "τ²-bench", comparedWith: "tau2 1.0.1",
            statement: """
                Tools, databases, dialogues and rewards agree with the official package in all 9,081 recorded cases of its mock, \
                retail, airline and telecom domains. Scores of tasks, policies or simulators of your own are not official.
                """)
    }

    func makeAccumulator(seed: UInt64) -> any SummaryAccumulator { Tau2SummaryAccumulator() }
}

private struct Tau2SummaryAccumulator: SummaryAccumulator {
    private var overall = Tau2SummaryGroup()
    private var domains: [String: Tau2SummaryGroup] = [:]
    private var sources: [String: Set<String>] = [:]

    mutating func add(_ record: EpisodeRecord) {
        guard let facts = record.sample["metadata"]?["tau2"], let domain = facts["domain"]?.stringValue else { return }
        let task = facts["task_id"]?.stringValue ?? record.id.sample
        let found = record.judgeOutput["tau2"] ?? .null
        overall.add(record.outcome, found, task: task, of: domain)
        domains[domain, default: Tau2SummaryGroup()].add(record.outcome, found, task: task, of: domain)
        for key in ["tool_source", "policy_source", "user_guidelines_source", "messages"] {
            if let source = facts[key]?.stringValue { sources[key, default: []].insert(source) }
        }
    }

    func finish() throws -> JSONObject? {
        guard overall.episodes > 0 else { return nil }
        var byDomain: JSONObject = [:]
        for (name, group) in domains.sorted(by: { $0.key < $1.key }) {
            byDomain[name] = .object(group.json.merging(["pass_hat_k": group.passHat]))
        }
        var section: JSONObject = [
            "overall": .object(overall.json), "pass_hat_k": overall.passHat, "by_domain": .object(byDomain),
        ]
        for (key, values) in sources.sorted(by: { $0.key < $1.key }) {
            section[key] = .string(values.sorted().joined(separator: ", "))
        }
        return section
    }
}

/// Episodes that are summed up together.
private struct Tau2SummaryGroup {
    private(set) var episodes = 0
    private var trials = Tau2TaskTrials()
    private var rewards: [Double] = []
    private var clusters: [String] = []
    private var costs: [String: [Double]] = [:]
    private var terminations: [String: Int] = [:]
    private var databases: [Bool: Int] = [:]
    private var errored = 0
    private var unscorable = 0

    mutating func add(_ outcome: Outcome, _ found: JSONValue, task: String, of domain: String) {
        episodes += 1
        switch outcome {
        case .errored:
            errored += 1
            return
        case .unscorable:
            unscorable += 1
            return
        case .scored: break
        }
        guard let reward = found["reward"]?.doubleValue else { return }
        rewards.append(reward)
        clusters.append("\(domain)\u{1}\(task)")
        trials.add(task: task, of: domain, isSuccess: Tau2RewardInfo.isSuccess(reward))
        for key in ["agent_cost", "user_cost"] {
            if let cost = found[key]?.doubleValue { costs[key, default: []].append(cost) }
        }
        if let reason = found["termination_reason"]?.stringValue { terminations[reason, default: 0] += 1 }
        if let isMatch = found["reward_info"]?["db_check"]?["db_match"]?.boolValue {
            databases[isMatch, default: 0] += 1
        }
    }

    /// pass^k by k, each with its interval over tasks.
    var passHat: JSONValue {
        var object: JSONObject = [:]
        for k in 0..<trials.fewestTrials {
            if let estimate = trials.passHat(k + 1) { object["\(k + 1)"] = JSONValue(estimate.mean) }
        }
        return .object(object)
    }

    var json: JSONObject {
        let mean = ClusteredShare(rewards, clusters: clusters)
        var counts: JSONObject = [:]
        for (reason, count) in terminations.sorted(by: { $0.key < $1.key }) { counts[reason] = JSONValue(count) }
        return [
            "total": JSONValue(rewards.count), "planned": JSONValue(episodes), "errored": JSONValue(errored),
            "unscorable": JSONValue(unscorable), "tasks": JSONValue(trials.taskCount),
            "avg_reward": JSONValue(optional: mean?.mean),
            "avg_reward_interval": Self.json(mean?.interval),
            "avg_agent_cost": JSONValue(optional: costs["agent_cost"]?.mean),
            "avg_user_cost": JSONValue(optional: costs["user_cost"]?.mean),
            "pass_hat_intervals": intervals,
            "db_match": JSONValue(databases[true] ?? 0), "db_mismatch": JSONValue(databases[false] ?? 0),
            "termination": .object(counts),
        ]
    }

    private var intervals: JSONValue {
        var object: JSONObject = [:]
        for k in 0..<trials.fewestTrials {
            object["\(k + 1)"] = Self.json(trials.passHat(k + 1)?.interval)
        }
        return .object(object)
    }

    private static func json(_ interval: Interval?) -> JSONValue {
        guard let interval else { return .null }
        return [JSONValue(interval.lower), JSONValue(interval.upper)]
    }
}

import Evaluation
import JSON

/// A metric that reads what `tau_bench_eval` found.
struct Tau1Metric: Metric {
    /// Which number it gives.
    enum Quantity: String, CaseIterable {
        case reward = "tau_bench_reward"
        case pass = "tau_bench_pass"
        case passHat = "tau_bench_pass_hat_k"
        case agentCost = "tau_bench_agent_cost"
        case userCost = "tau_bench_user_cost"

        /// What it is, in one sentence.
        var summary: String {
            switch self {
            case .reward: "The reward of a τ-bench dialogue, 0 or 1."
            case .pass: "Whether a τ-bench dialogue got the reward."
            case .passHat: "Whether a τ-bench dialogue got the reward, for pass^k over the trials of a task."
            case .agentCost: "What the agent's model cost in a τ-bench dialogue; left out where a price is unknown."
            case .userCost:
                "What the user's model cost in a τ-bench dialogue, all its calls; left out where a price is unknown."
            }
        }

        /// The key of its value.
        fileprivate var valueKey: String {
            switch self {
            case .reward: "reward"
            case .pass, .passHat: "pass"
            case .agentCost: "agent_cost"
            case .userCost: "user_cost"
            }
        }
    }

    /// The aggregation of pass^k, which the τ-benches share.
    static let passHatAggregation = "tau_bench_pass_hat"

    let quantity: Quantity

    var defaultAggregation: String { quantity == .passHat ? Self.passHatAggregation : "mean" }

    var scale: MetricScale {
        switch quantity {
        case .reward, .pass, .passHat: .score
        case .agentCost, .userCost: .amount
        }
    }

    func score(_ episode: Episode, as id: String) throws -> Score? {
        guard let found = episode.judgeOutput["tau_bench"], let reward = found["reward"]?.doubleValue else {
            throw EvaluationError(
                .judgeFailed, "metric '\(id)' finds no τ-bench reward", cause: .configuration,
                advice: "let a judge with 'implementation: tau_bench_eval' run before it")
        }
        guard let value = value(in: found, reward: reward) else { return nil }
        return Score(
            metric: id, values: [quantity.valueKey: value],
            metadata: [
                "task_id": .string(Self.taskName(in: found)), "domain": found["env"] ?? .null,
                "termination_reason": found["termination_reason"] ?? .null,
            ],
            explanation: quantity == .reward ? Tau1Explanation.text(of: found) : nil)
    }

    /// A task's name among those of its environment: `test/12`.
    static func taskName(in found: JSONValue) -> String {
        "\(found["split"]?.stringValue ?? "test")/\(found["task_id"]?.intValue ?? 0)"
    }

    private func value(in found: JSONValue, reward: Double) -> Double? {
        switch quantity {
        case .reward: reward
        case .pass, .passHat: Tau2RewardInfo.isSuccess(reward) ? 1 : 0
        case .agentCost: found["agent_cost"]?.doubleValue
        case .userCost: found["user_cost"]?.doubleValue
        }
    }
}

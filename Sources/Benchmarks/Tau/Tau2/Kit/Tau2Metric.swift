import Evaluation
import JSON

/// A metric that reads what `tau2_eval` found.
struct Tau2Metric: Metric {
    /// Which number it gives.
    enum Quantity: String, CaseIterable {
        case reward = "tau2_reward"
        case pass = "tau2_pass"
        case passHat = "tau2_pass_hat_k"
        case agentCost = "tau2_agent_cost"
        case userCost = "tau2_user_cost"

        /// What it is, in one sentence.
        var summary: String {
            switch self {
            case .reward: "The reward of a tau2 dialogue, 0 to 1."
            case .pass: "Whether a tau2 dialogue got the whole reward."
            case .passHat: "Whether a tau2 dialogue got the whole reward, for pass^k over the trials of a task."
            case .agentCost: "What the agent's model cost in a tau2 dialogue; left out where a price is unknown."
            case .userCost: "What the user's model cost in a tau2 dialogue; left out where a price is unknown."
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

    let quantity: Quantity

    var defaultAggregation: String { quantity == .passHat ? Tau2PassHatAggregation.key : "mean" }

    var scale: MetricScale {
        switch quantity {
        case .reward, .pass, .passHat: .score
        case .agentCost, .userCost: .amount
        }
    }

    func score(_ episode: Episode, as id: String) throws -> Score? {
        guard let tau2 = episode.judgeOutput["tau2"], let reward = tau2["reward"]?.doubleValue else {
            throw EvaluationError(
                .judgeFailed, "metric '\(id)' finds no tau2 reward", cause: .configuration,
                advice: "let a judge with 'implementation: tau2_eval' run before it")
        }
        guard let value = value(in: tau2, reward: reward) else { return nil }
        return Score(
            metric: id, values: [quantity.valueKey: value],
            metadata: [
                "task_id": tau2["task_id"] ?? .null, "domain": tau2["domain"] ?? .null,
                "termination_reason": tau2["termination_reason"] ?? .null,
            ],
            explanation: quantity == .reward ? Tau2Explanation.text(of: tau2) : nil)
    }

    private func value(in tau2: JSONValue, reward: Double) -> Double? {
        switch quantity {
        case .reward: reward
        case .pass, .passHat: Tau2RewardInfo.isSuccess(reward) ? 1 : 0
        case .agentCost: tau2["agent_cost"]?.doubleValue
        case .userCost: tau2["user_cost"]?.doubleValue
        }
    }
}

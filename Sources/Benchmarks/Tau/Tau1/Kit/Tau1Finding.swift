import Evaluation
import JSON

/// What the judge of the original τ-bench finds about a dialogue.
struct Tau1Finding {
    private let replay: Tau1Replay
    private let termination: Termination
    private let reward: Tau1Reward?
    private let agentCost: Double?
    private let userCost: Double?

    /// Grades a dialogue that has come to its official end; any other has reward 0 and is not graded, as officially.
    ///
    /// Throws ``EvaluationError`` (`judge.failed`) where the trajectory does not lead to the end that it names.
    init(_ replay: Tau1Replay, termination: Termination, trajectory: Trajectory) throws(EvaluationError) {
        self.replay = replay
        self.termination = termination
        agentCost = trajectory.cost(of: .agent)
        // A person costs nothing that could be counted.
        let isSimulated = trajectory.entries.contains { $0.speaker == .user && $0.model != nil }
        userCost = isSimulated ? trajectory.cost(of: .user) : nil
        guard termination.isDoneInTau1 else {
            reward = nil
            return
        }
        guard replay.environment.isDone else {
            throw EvaluationError(
                .judgeFailed,
                "the dialogue says that it ended by '\(termination.rawValue)', and nothing in it did that",
                cause: .task, advice: "judge it with the data and the agent strategy that it was led with")
        }
        do throws(PythonException) {
            reward = try Tau1Reward(of: replay.environment)
        } catch {
            throw EvaluationError(.judgeFailed, "the dialogue cannot be graded", cause: .task, underlying: error)
        }
    }

    /// What the verdict holds, the official `reward_info` and `info` with it.
    var json: JSONObject {
        let value = reward?.value ?? 0
        let task = replay.environment.task
        let rewardInfo = reward?.json(for: task, in: replay.environment.domain) ?? .null
        var info: JSONObject = [
            "task": task.json, "source": .string(replay.lastSource), "user_cost": JSONValue(optional: userCost),
            "reward_info": rewardInfo,
        ]
        if let error { info["error"] = .string(error) }
        var object: JSONObject = [
            "reward": JSONValue(value), "termination_reason": .string(termination.rawValue),
            "agent_cost": JSONValue(optional: agentCost), "user_cost": JSONValue(optional: userCost),
            "reward_info": rewardInfo, "checks": checks, "info": .object(info),
        ]
        if let error { object["error"] = .string(error) }
        if let difference = reward?.worldDifference, !difference.isEmpty {
            object[WorldDifference.key] = .array(difference)
        }
        return object
    }

    /// Both verdicts, of which official records lose one where a task has outputs.
    private var checks: JSONValue {
        guard let reward else { return .null }
        var object: JSONObject = ["actions_match": .bool(reward.actionsMatch)]
        if !reward.outputs.isEmpty {
            object["outputs_found"] = .bool(reward.outputs.allSatisfy(\.isFound))
            let missing = reward.outputs.filter { !$0.isFound }.map { JSONValue.string($0.output) }
            object["missing_outputs"] = .array(missing)
        }
        if reward.isGoldInert { object["gold_is_inert"] = true }
        return .object(object)
    }

    /// What was wrong with the agent's last message, where that ended the dialogue.
    private var error: String? {
        guard termination == .agentError else { return nil }
        return replay.failure ?? "the agent's model gave a reply that cannot be used"
    }
}

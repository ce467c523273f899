import Evaluation
import JSON

/// `proactive_interrupt_cost`: C_interrupt of every trajectory, and with the task's score the reward.
///
/// Asks no model and runs nothing: other weights are a matter of `gage score`.
struct InterruptCostJudge: RoleAdapter {
    static let key = "proactive_cost"

    let parameters: RewardParameters

    let contract = StepContract(reads: [.sample, .prediction, .verdicts], writes: [.verdicts])

    func perform(on episode: inout Episode, in scope: EpisodeScope) async throws {
        let (state, _) = try episode.sample.proactive()
        let lines = try ProactiveLines.read(episode.prediction, state: state)
        let settings = parameters.settings
        let mainline = lines.filter(\.isMainline)
        let cost = mainline.reduce(0) { $0 + settings.cost.cost(of: $1) }
        let messages = mainline.flatMap(\.messages)
        var output: JSONObject = [
            "settings": parameters.json, "costs": .array(lines.map { JSONValue(settings.cost.cost(of: $0)) }),
            "c_interrupt": JSONValue(cost), "action": .string(mainline.first?.action.rawValue ?? ""),
            "questions": JSONValue(messages.reduce(0) { $0 + MessageFacts($1.text).questions }),
            "rejected": .bool(messages.contains { $0.reaction.rejectSignal > 0 }),
        ]
        if let score = episode.judgeOutput[TaskRewardJudge.key]?["r_task"]?.doubleValue {
            output["reward"] = JSONValue(settings.reward(taskScore: score, interruptCost: cost))
        }
        episode.verdicts.append(Verdict(judge: scope.adapter.id, output: [Self.key: .object(output)]))
    }
}

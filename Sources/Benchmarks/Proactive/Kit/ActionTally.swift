import JSON
import Statistics

/// What the trajectories of one action came to, with intervals over states.
struct ActionTally {
    private var taskScores: [Double] = []
    private var costs: [Double] = []
    private var rewards: [Double] = []
    private var questions: [Double] = []
    private var rejects: [Double] = []
    private var passes: [Double] = []
    private var passStates: [String] = []
    private var states: [String] = []

    mutating func add(_ scored: ScoredTrajectory, _ settings: RewardSettings) {
        let messages = scored.trajectory.messages
        states.append(scored.trajectory.state.id)
        taskScores.append(scored.task.score)
        costs.append(scored.interruptCost(settings))
        rewards.append(scored.reward(settings))
        questions.append(Double(messages.reduce(0) { $0 + MessageFacts($1.text).questions }))
        rejects.append(messages.contains { $0.reaction.rejectSignal > 0 } ? 1 : 0)
        if scored.task.isTested(for: scored.trajectory.state) {
            passes.append(scored.task.score > 0.5 ? 1 : 0)
            passStates.append(scored.trajectory.state.id)
        }
    }

    var json: JSONObject {
        var object: JSONObject = ["trajectories": JSONValue(states.count)]
        object["task_score"] = Self.mean(taskScores, states)
        object["task_success_rate"] = Self.share(passes, passStates)
        object["interrupt_cost"] = Self.mean(costs, states)
        object["reward"] = Self.mean(rewards, states)
        object["questions"] = Self.mean(questions, states)
        object["reject_rate"] = Self.share(rejects, states)
        return object
    }

    private static func mean(_ values: [Double], _ states: [String]) -> JSONValue {
        guard let mean = ClusteredMean(values, clusters: states) else { return .null }
        return figure(mean.mean, mean.studentInterval())
    }

    static func share(_ values: [Double], _ states: [String]) -> JSONValue {
        guard let share = ClusteredShare(values, clusters: states) else { return .null }
        return figure(share.mean, share.interval)
    }

    private static func figure(_ value: Double, _ interval: Interval?) -> JSONValue {
        [
            "value": JSONValue(value),
            "interval": interval.map { [JSONValue($0.lower), JSONValue($0.upper)] } ?? .null,
        ]
    }
}

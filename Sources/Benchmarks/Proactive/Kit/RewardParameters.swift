import Evaluation
import JSON

/// The parameters of `proactive_interrupt_cost`: the weights of rewards, and how pairs are made of them.
struct RewardParameters: Parameters {
    var settings = RewardSettings()

    static var fields: [ParameterField<Self>] {
        [
            .init("cost", \.settings.cost.formula, "The formula of the interruption cost."),
            .init("alpha", \.settings.cost.alpha, "seed: the factor over all."),
            .init("w1", \.settings.cost.questionWeight, "seed: the price of a question."),
            .init("w2", \.settings.cost.rejectWeight, "seed: the price of a refusal."),
            .init("w3", \.settings.cost.lengthWeight, "seed: the price of a message of more than 200 words."),
            .init("w4", \.settings.cost.offTopicWeight, "seed: the price of a message beside the point."),
            .init("gamma", \.settings.cost.gamma, "v2: what a question that is answered gains."),
            .init("delta", \.settings.cost.delta, "v2: what a question that is refused costs."),
            .init("lambda", \.settings.cost.lambda, "v2: what any question costs."),
            .init("w_task", \.settings.taskWeight, "The weight of the task score."),
            .init(
                "w_interrupt", \.settings.interruptWeight,
                "The weight of the cost; by default 1 with seed and 0.1 with v2."),
            .init("rank", \.settings.rank, "Whether the best or the mean of an action's trajectories counts."),
            .init("min_gap", \.settings.minimumGap, "Rewards that are not further apart make no pair.") {
                $0.minimum = 0
            },
        ]
    }

    init() {}

    /// Reads what ``json`` writes, as verdicts hold it.
    ///
    /// Throws ``EvaluationError``, cause `gage`, when a journal holds something else.
    static func recorded(_ json: JSONValue) throws(EvaluationError) -> RewardParameters {
        var diagnostics = Diagnostics()
        let place = SourceLocation(file: "verdict", line: 0, column: 0)
        let node = ConfigNode(json: json, location: place, path: "settings")
        guard let parameters = Self.decode(node, into: &diagnostics), !diagnostics.hasErrors else {
            throw EvaluationError(
                .dataMalformed, "the journal has reward settings that cannot be read", cause: .gage,
                advice: "judge the run again: gage score")
        }
        return parameters
    }
}

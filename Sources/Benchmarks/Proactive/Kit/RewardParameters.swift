import Evaluation
import JSON

/// The parameters of `proactive_interrupt_cost`: the weights of rewards, and how pairs are made of them.
struct RewardParameters: Parameters {
    var formula = CostFormula.seed
    var alpha = 0.6
    var questionWeight = 0.4
    var rejectWeight = 1.0
    var lengthWeight = 0.3
    var offTopicWeight = 0.7
    var gamma = 0.3
    var delta = 0.7
    var lambda = 0.0
    var taskWeight = 1.0
    var interruptWeight: Double?
    var rank = ActionRank.best
    var minimumGap = 0.0

    static var fields: [ParameterField<Self>] {
        [
            .init("cost", \.formula, "The formula of the interruption cost."),
            .init("alpha", \.alpha, "seed: the factor over all."),
            .init("w1", \.questionWeight, "seed: the price of a question."),
            .init("w2", \.rejectWeight, "seed: the price of a refusal."),
            .init("w3", \.lengthWeight, "seed: the price of a message of more than 200 words."),
            .init("w4", \.offTopicWeight, "seed: the price of a message beside the point."),
            .init("gamma", \.gamma, "v2: what a question that is answered gains."),
            .init("delta", \.delta, "v2: what a question that is refused costs."),
            .init("lambda", \.lambda, "v2: what any question costs."),
            .init("w_task", \.taskWeight, "The weight of the task score."),
            .init("w_interrupt", \.interruptWeight, "The weight of the cost; by default 1 with seed and 0.1 with v2."),
            .init("rank", \.rank, "Whether the best or the mean of an action's trajectories counts."),
            .init("min_gap", \.minimumGap, "Rewards that are not further apart make no pair.") { $0.minimum = 0 },
        ]
    }

    init() {}

    var settings: RewardSettings {
        var settings = RewardSettings()
        settings.cost.formula = formula
        settings.cost.alpha = alpha
        settings.cost.questionWeight = questionWeight
        settings.cost.rejectWeight = rejectWeight
        settings.cost.lengthWeight = lengthWeight
        settings.cost.offTopicWeight = offTopicWeight
        settings.cost.gamma = gamma
        settings.cost.delta = delta
        settings.cost.lambda = lambda
        settings.taskWeight = taskWeight
        settings.interruptWeight = interruptWeight
        settings.rank = rank
        settings.minimumGap = minimumGap
        return settings
    }

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

import Evaluation
import JSON

/// A figure of the mainline, as the judges found it.
struct ProactiveMetric: Metric {
    /// Which figure.
    enum Quantity: String, CaseIterable {
        case taskScore = "proactive_task_score"
        case taskSuccess = "proactive_task_success"
        case interruptCost = "proactive_interrupt_cost"
        case reward = "proactive_reward"
        case clarifyRate = "proactive_clarify_rate"
        case questions = "proactive_questions"
        case rejectRate = "proactive_reject_rate"

        /// What it is, in one sentence.
        var summary: String {
            switch self {
            case .taskScore: "R_task of the mainline, from 0 to 1."
            case .taskSuccess: "Whether the mainline's code passes its tests; tasks without tests are left out."
            case .interruptCost: "C_interrupt of the mainline."
            case .reward: "The mainline's reward: task score less interruption cost."
            case .clarifyRate: "Whether the mainline asked first."
            case .questions: "How many questions the mainline asked."
            case .rejectRate: "Whether the user refused to be asked on the mainline."
            }
        }

        fileprivate var judge: (key: String, implementation: String) {
            switch self {
            case .taskScore, .taskSuccess: (TaskRewardJudge.key, "proactive_task_reward")
            default: (InterruptCostJudge.key, "proactive_interrupt_cost")
            }
        }
    }

    let quantity: Quantity

    var defaultAggregation: String { "mean" }

    var scale: MetricScale {
        switch quantity {
        // A reward can be below zero, which no amount is.
        case .taskScore, .taskSuccess, .clarifyRate, .rejectRate, .reward: .score
        case .interruptCost, .questions: .amount
        }
    }

    func score(_ episode: Episode, as id: String) throws -> Score? {
        let (key, implementation) = quantity.judge
        guard let found = episode.judgeOutput[key] else {
            throw EvaluationError(
                .judgeFailed, "metric '\(id)' finds no verdict of \(implementation)", cause: .configuration,
                advice: "let a judge with 'implementation: \(implementation)' run before it")
        }
        guard let value = value(in: found) else { return nil }
        let facts = episode.sample.metadata["proactive"]
        return Score(
            metric: id, values: [id: value],
            metadata: ["domain": facts?["domain"] ?? .null, "persona": facts?["persona_name"] ?? .null])
    }

    private func value(in found: JSONValue) -> Double? {
        switch quantity {
        case .taskScore: found["r_task"]?.doubleValue
        case .taskSuccess:
            found["is_tested"]?.boolValue == true ? found["r_task"]?.doubleValue.map { $0 > 0.5 ? 1 : 0 } : nil
        case .interruptCost: found["c_interrupt"]?.doubleValue
        case .reward: found["reward"]?.doubleValue
        case .clarifyRate: found["action"]?.stringValue == ProactiveAction.clarify.rawValue ? 1 : 0
        case .questions: found["questions"]?.doubleValue
        case .rejectRate: found["rejected"]?.boolValue == true ? 1 : 0
        }
    }
}

public import Evaluation
import Statistics

/// What the vertical axis of a Pareto plot shows.
public enum SuccessMeasure: String, Sendable, Hashable, CaseIterable, ParameterChoice {
    /// The share of tested tasks that were done.
    case taskSuccess = "task_success_rate"
    /// The mean task score, for tasks without tests.
    case taskScore = "avg_task_score"

    /// The axis' title.
    var label: String {
        switch self {
        case .taskSuccess: "task success, %"
        case .taskScore: "mean task score, %"
        }
    }

    /// Task success where every policy has it, else the mean task score.
    public static func fitting(_ scores: [PolicyScores]) -> Self {
        scores.allSatisfy { $0.taskSuccess != nil } ? .taskSuccess : .taskScore
    }

    func figure(of scores: PolicyScores) -> PolicyScores.Figure? {
        switch self {
        case .taskSuccess: scores.taskSuccess
        case .taskScore: scores.taskScore
        }
    }
}

extension ParetoPoint {
    /// The point of an evaluated policy; nil where the measure was not taken.
    public init?(_ scores: PolicyScores, kind: Kind, measure: SuccessMeasure) {
        guard let cost = scores.interruptCost, let success = measure.figure(of: scores) else { return nil }
        self.init(name: scores.policy, kind: kind, cost: cost.value, success: 100 * success.value)
        costInterval = cost.interval
        successInterval = success.interval.map { Interval(100 * $0.lower, 100 * $0.upper) }
        clarifyRate = scores.clarifyRate?.value
    }
}

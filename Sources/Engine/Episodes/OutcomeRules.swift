public import Evaluation
import GageConfiguration

/// Which outcome an episode has once its steps are through.
enum OutcomeRules {
    /// What was performed, as far as it decides the outcome.
    struct Performed: Sendable {
        /// The names of the judge steps that were performed.
        var judges: [String] = []
        /// Whether judges of the plan were left out.
        var skippedJudges = false
        /// Whether the task has metrics.
        var hasMetrics = false
        /// Whether the task has a step that should leave a prediction.
        var hasInference = false
    }

    /// The outcome before metrics: nil when nothing stands against computing them.
    ///
    /// A judge that could not decide makes the episode unscorable; a judge that left nothing has failed. Neither is a
    /// zero.
    static func beforeMetrics(_ episode: Episode, _ performed: Performed) -> Outcome? {
        if performed.hasInference, episode.prediction == nil {
            return .errored(EvaluationError(.unexpected, "the inference step left no prediction", cause: .gage))
        }
        if let reason = episode.verdicts.lazy.compactMap(\.unscorableReason).first {
            return .unscorable(reason: reason)
        }
        if performed.skippedJudges { return .unscorable(reason: "the judge is switched off") }
        if !performed.judges.isEmpty, episode.verdicts.isEmpty {
            var error = EvaluationError(.judgeFailed, "the judge left no verdict", cause: .task)
            error.step = performed.judges.last
            return .errored(error)
        }
        if performed.judges.isEmpty, !performed.hasMetrics {
            return .unscorable(reason: "the task has neither a judge nor a metric")
        }
        return nil
    }

    /// The error of a step as the journal keeps it: one of ours with the step's name, whatever was thrown.
    static func error(_ thrown: any Error, in step: String) -> EvaluationError {
        var error =
            thrown as? EvaluationError
            ?? EvaluationError(.unexpected, "an unexpected error reached the engine", cause: .gage, underlying: thrown)
        if error.step == nil { error.step = step }
        return error
    }

    /// The error of an episode whose time was used up in a step that has no way to turn that into a verdict.
    static func timeUsedUp(_ limit: Duration, in step: PlannedStep?) -> EvaluationError {
        let cause: Cause =
            switch step?.kind {
            case .inference: .provider
            case .judge: .task
            case .support: .sandbox
            case .autoEval, nil: .gage
            }
        var error = EvaluationError(
            .episodeTimedOut, "the episode's time of \(limit) was used up", cause: cause, retry: .worthwhile,
            advice: "raise the task's 'timeout_s', or look for what hangs")
        error.step = step?.name
        return error
    }
}

extension EvaluationError.Code {
    /// An attempt at an episode took longer than its task allows.
    public static let episodeTimedOut = Self("run.episode_timeout")
}

import Evaluation
import JSON

/// `swebench_resolve_rate`: 1 for a resolved instance, 0 for another.
struct ResolveRateMetric: Metric {
    static let key = "swebench_resolve_rate"

    var defaultAggregation: String { "mean" }

    func score(_ episode: Episode, as id: String) throws -> Score? {
        let found = try JudgedInstance(episode, for: id)
        return Score(
            metric: id, values: ["resolve_rate": found.isResolved ? 1 : 0], metadata: found.metadata,
            explanation: found.explanation)
    }
}

/// `swebench_failure_reason`: 1 for an instance that is not resolved, with the reason for `categorical_count`.
struct FailureReasonMetric: Metric {
    static let key = "swebench_failure_reason"

    var defaultAggregation: String { "categorical_count" }

    func score(_ episode: Episode, as id: String) throws -> Score? {
        let found = try JudgedInstance(episode, for: id)
        guard !found.isResolved else { return nil }
        var metadata = found.metadata
        metadata["failure_reason"] = .string(found.reason ?? "unknown")
        return Score(metric: id, values: ["count": 1], metadata: metadata, explanation: found.explanation)
    }
}

/// What `swebench_docker` found, as metrics read it.
private struct JudgedInstance {
    let isResolved: Bool
    let reason: String?
    let metadata: JSONObject
    let explanation: String?

    init(_ episode: Episode, for metric: String) throws(EvaluationError) {
        let output = episode.judgeOutput
        guard let resolved = output["resolved"]?.boolValue else {
            throw EvaluationError(
                .judgeFailed, "metric '\(metric)' finds no verdict of SWE-bench", cause: .configuration,
                advice: "let a judge with 'implementation: swebench_docker' run before it")
        }
        isResolved = resolved
        reason = output["failure_reason"]?.stringValue
        metadata = [
            "instance_id": output["instance_id"] ?? .null,
            "repo": episode.sample.metadata["swebench"]?["repo"] ?? .null,
            "language": episode.sample.metadata["swebench"]?["language"] ?? .null,
        ]
        explanation = output["failure_detail"]?.stringValue
    }
}

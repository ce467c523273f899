import Evaluation
import JSON

/// `pause_reference_chosen`: whether a task got a reference trajectory.
struct PauseReferenceMetric: Metric {
    static let key = "pause_reference_chosen"

    let defaultAggregation = "mean"

    func score(_ episode: Episode, as id: String) throws -> Score? {
        guard let selection = episode.judgeOutput["pause_selection"] else {
            throw EvaluationError(
                .judgeFailed, "metric '\(id)' finds no choice of a reference", cause: .configuration,
                advice: "let a judge with 'implementation: pause_annotation' run before it")
        }
        let status = selection["status"]?.stringValue ?? ""
        let failure = selection["failure_category"]?.stringValue ?? ""
        return Score(
            metric: id, values: ["reference_chosen": status == PauseSelection.Status.selected.rawValue ? 1 : 0],
            metadata: [
                "domain": episode.sample.metadata["pause"]?["branch"] ?? .null, "status": .string(status),
                "assistant_model": selection["select_assistant_model"] ?? .null,
            ],
            explanation: failure.isEmpty ? nil : "\(failure): \(selection["select_reason"]?.stringValue ?? "")")
    }
}

import Evaluation
import JSON
import Storage

/// Writes `samples.jsonl`: one line for each episode in the journal, in plan order.
///
/// The keys are those that scripts know from the guide (`sample_id`, `task_id`, `sample`, `model_output`,
/// `judge_output`, `metrics`), with the outcome, trial, seed and trajectory beside them.
enum SamplesExport {
    /// The line of one episode.
    static func line(for stored: StoredEpisode, sequence: Int) -> JSONValue {
        let record = stored.record
        var object: JSONObject = [
            "sample_id": .string(record.id.description), "sequence_id": .int(Int64(sequence)),
            "task_id": .string(record.id.task), "trial": .int(Int64(record.id.trial)),
            "seed": .number(String(record.seed)), "outcome": .string(record.outcome.name),
        ]
        switch record.outcome {
        case .errored(let error): object["error"] = error.json
        case .unscorable(let reason): object["unscorable_reason"] = .string(reason)
        case .scored: break
        }
        object["sample"] = .object(record.sample)
        object["model_output"] = record.prediction?.json ?? .null
        object["judge_output"] = .object(record.judgeOutput)
        var metrics: JSONObject = [:]
        for score in record.scores { metrics[score.metric] = score.json }
        object["metrics"] = .object(metrics)
        object["trajectory"] = record.trajectory.json
        if !record.failedAttempts.isEmpty { object["failed_attempts"] = .array(record.failedAttempts.map(\.json)) }
        object["usage"] = record.trajectory.usage().json
        object["duration_s"] = JSONValue(record.duration)
        return .object(object)
    }
}

import Evaluation
public import JSON
public import Storage

/// A line of `samples.jsonl`: an episode with all that the journal has of it.
///
/// The keys are those that scripts know from the guide (`sample_id`, `task_id`, `sample`, `model_output`,
/// `judge_output`, `metrics`), with the outcome, trial, seed and trajectory beside them.
public enum SampleLine {
    /// The line of one episode; `sequence` is its place in the file, counted from 0, where it has one.
    public static func json(of stored: StoredEpisode, sequence: Int? = nil) -> JSONValue {
        let record = stored.record
        var object: JSONObject = ["sample_id": .string(record.id.description)]
        if let sequence { object["sequence_id"] = .int(Int64(sequence)) }
        object["task_id"] = .string(record.id.task)
        object["trial"] = JSONValue(record.id.trial)
        object["seed"] = .number(String(record.seed))
        object["outcome"] = .string(record.outcome.name)
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

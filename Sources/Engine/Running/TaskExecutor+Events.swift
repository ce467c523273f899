import Evaluation
import JSON

extension TaskExecutor {
    /// Reports that an episode is in the journal.
    func reportEnd(of record: EpisodeRecord) {
        var payload: JSONObject = ["outcome": .string(record.outcome.name), "seconds": JSONValue(record.duration)]
        switch record.outcome {
        case .scored:
            for score in record.scores { payload[score.metric] = score.json["values"] }
        case .unscorable(let reason): payload["reason"] = .string(reason)
        case .errored(let error): payload["error"] = error.json
        }
        events.report(RunEvent("episode_finished", episode: record.id, payload: payload))
    }

    /// Reports that an episode will be attempted again.
    func reportRetry(of id: EpisodeID, after error: EvaluationError, attempt: Int, delay: Double) {
        events.report(
            RunEvent(
                "episode_retried", episode: id,
                payload: ["attempt": JSONValue(attempt), "delay": JSONValue(delay), "error": error.json]))
    }
}

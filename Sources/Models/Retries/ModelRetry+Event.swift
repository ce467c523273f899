import Evaluation
import JSON

extension ModelRetry {
    /// The event that a run's log has of it.
    var event: RunEvent {
        RunEvent(
            "model_call_retried", episode: context.episode,
            payload: [
                "model": .string(model), "purpose": .string(context.purpose), "call": JSONValue(context.index),
                "attempt": JSONValue(attempt), "delay": JSONValue(delay), "error": error.json,
            ])
    }
}

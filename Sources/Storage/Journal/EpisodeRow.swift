import Evaluation
import GRDB
import JSON

/// A finished episode as one row, made outside the writer so that writing it is all that the writer has to do.
struct EpisodeRow: Sendable {
    let id: EpisodeID
    let position: EpisodePosition
    /// The values of ``columns``, in their order.
    let values: [DatabaseValue]

    /// The columns that hold what an episode came to; the others say which episode it is.
    static let columns = [
        "seed", "outcome", "cause", "reason", "started_at", "duration", "input_tokens", "output_tokens",
        "cached_input_tokens", "reasoning_tokens", "agent_cost", "user_cost", "error", "failed_attempts",
        "step_durations", "scores", "verdicts", "prediction", "sample", "trajectory",
    ]

    init(_ record: EpisodeRecord, at position: EpisodePosition) {
        id = record.id
        self.position = position
        let usage = record.trajectory.usage()
        let (cause, reason, error) = Self.failure(record.outcome)
        values = [
            Int64(bitPattern: record.seed).databaseValue, record.outcome.name.databaseValue, cause, reason,
            record.startedAt.databaseValue, record.duration.databaseValue, usage.inputTokens.databaseValue,
            usage.outputTokens.databaseValue, usage.cachedInputTokens.databaseValue,
            usage.reasoningTokens.databaseValue, record.trajectory.cost(of: .agent).databaseValue,
            record.trajectory.cost(of: .user).databaseValue, error,
            Self.list(record.failedAttempts.map(\.json)),
            Self.list(record.stepDurations.map { .array([.string($0.step), JSONValue($0.seconds)]) }),
            Self.list(record.scores.map(\.json)), Self.list(record.verdicts.map(\.json)),
            record.prediction.map { Self.text(Self.json($0)) } ?? .null, Self.text(.object(record.sample)),
            Self.trajectory(record.trajectory),
        ]
    }

    private static func failure(
        _ outcome: Outcome
    ) -> (cause: DatabaseValue, reason: DatabaseValue, error: DatabaseValue) {
        switch outcome {
        case .scored: (.null, .null, .null)
        case .unscorable(let reason): (.null, reason.databaseValue, .null)
        case .errored(let error):
            (error.cause.rawValue.databaseValue, error.code.rawValue.databaseValue, text(error.json))
        }
    }

    /// Keeps the adapter's own keys apart from ours, so that they come back as they were whatever they are called.
    private static func json(_ prediction: Prediction) -> JSONValue {
        [
            "answer": prediction.answer.map(JSONValue.string) ?? .null, "artifacts": .object(prediction.artifacts),
            "extras": .object(prediction.extras),
        ]
    }

    private static func trajectory(_ trajectory: Trajectory) -> DatabaseValue {
        trajectory.entries.isEmpty && trajectory.termination == nil ? .null : text(trajectory.json)
    }

    private static func list(_ items: [JSONValue]) -> DatabaseValue { items.isEmpty ? .null : text(.array(items)) }

    private static func text(_ value: JSONValue) -> DatabaseValue { value.text().databaseValue }
}

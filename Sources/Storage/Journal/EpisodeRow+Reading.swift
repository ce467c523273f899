import Evaluation
import GRDB
import JSON

extension EpisodeRow {
    /// Rebuilds the record that a row was made of.
    ///
    /// The row must have every column, or every column but `trajectory`. Throws ``EvaluationError``, cause `gage`, when
    /// it does not hold what this room writes.
    static func record(from row: Row) throws -> EpisodeRecord {
        let id = EpisodeID(task: row["task"], sample: row["sample_id"], trial: row["trial"])
        do {
            let seed: Int64 = row["seed"]
            let episode = Episode(id: id, seed: UInt64(bitPattern: seed), sample: Sample(id: id.sample))
            var record = EpisodeRecord(
                episode: episode, outcome: try outcome(row), startedAt: row["started_at"], duration: row["duration"])
            record.sample = try json(row, "sample")?.objectValue ?? [:]
            record.prediction = try json(row, "prediction").map(prediction)
            if row.hasColumn("trajectory"), let stored = try json(row, "trajectory") {
                record.trajectory = try Trajectory(json: stored)
            }
            record.verdicts = try items(row, "verdicts").compactMap(Verdict.init(json:))
            record.scores = try items(row, "scores").compactMap(Score.init(json:))
            record.failedAttempts = try items(row, "failed_attempts").compactMap(EvaluationError.init(json:))
            record.stepDurations = try items(row, "step_durations").compactMap { pair in
                guard let step = pair[0]?.stringValue, let seconds = pair[1]?.doubleValue else { return nil }
                return (step, seconds)
            }
            return record
        } catch {
            throw StorageFailure.plain("the journal's row of episode \(id) cannot be read", underlying: error)
        }
    }

    private static func outcome(_ row: Row) throws -> Outcome {
        let name: String = row["outcome"]
        switch name {
        case "scored": return .scored
        case "unscorable": return .unscorable(reason: row["reason"] ?? "")
        default:
            guard let error = try json(row, "error").flatMap(EvaluationError.init(json:)) else {
                throw StorageFailure.plain("an errored episode needs its error")
            }
            return .errored(error)
        }
    }

    private static func prediction(_ json: JSONValue) -> Prediction {
        Prediction(
            answer: json["answer"]?.stringValue, artifacts: json["artifacts"]?.objectValue ?? [:],
            extras: json["extras"]?.objectValue ?? [:])
    }

    private static func items(_ row: Row, _ column: String) throws -> [JSONValue] {
        try json(row, column)?.arrayValue ?? []
    }

    private static func json(_ row: Row, _ column: String) throws -> JSONValue? {
        guard let text: String = row[column] else { return nil }
        return try JSONValue.parse(text, options: readingOptions)
    }

    /// As deep as can be: what a model wrote was bounded when it came, and stands some levels deeper here.
    static let readingOptions = JSONParsingOptions(
        maximumDepth: JSONParsingOptions.depthLimit, allowsNonFiniteNumbers: true)
}

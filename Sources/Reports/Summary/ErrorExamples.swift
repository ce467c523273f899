import Evaluation
import JSON

/// The first error of every kind, so that a report can say what went wrong besides how often.
struct ErrorExamples {
    private struct Example {
        let episode: EpisodeID
        let error: EvaluationError
        var count = 1
    }

    /// The most kinds that are kept: a report is no log.
    private static let limit = 20

    private var examples: [EvaluationError.Code: Example] = [:]
    private var order: [EvaluationError.Code] = []

    /// Takes an errored episode in.
    mutating func add(_ error: EvaluationError, of episode: EpisodeID) {
        if examples[error.code] != nil {
            examples[error.code]?.count += 1
        } else if order.count < Self.limit {
            order.append(error.code)
            examples[error.code] = Example(episode: episode, error: error)
        }
    }

    /// `[{code, cause, count, task_id, sample_id, trial, step, message, advice}]`, the most frequent first.
    var json: JSONValue {
        let ranked = order.compactMap { examples[$0] }.enumerated().sorted {
            ($1.element.count, $0.offset) < ($0.element.count, $1.offset)
        }
        return .array(ranked.map { Self.json($0.element) })
    }

    private static func json(_ example: Example) -> JSONValue {
        let error = example.error
        var object: JSONObject = [
            "code": .string(error.code.rawValue), "cause": .string(error.cause.rawValue),
            "count": .int(Int64(example.count)), "task_id": .string(example.episode.task),
            "sample_id": .string(example.episode.sample), "trial": .int(Int64(example.episode.trial)),
        ]
        if let step = error.step { object["step"] = .string(step) }
        object["message"] = .string(error.message)
        if let advice = error.advice { object["advice"] = .string(advice) }
        return .object(object)
    }
}

import Evaluation
import JSON

/// Asks judges, again where an answer cannot be read, and keeps what went wrong.
struct PauseInquiry {
    let scope: EpisodeScope
    private(set) var errors: [PausePipelineError] = []

    /// How often a question is asked.
    static let attempts = 3

    /// What came of a question.
    struct Answer<Value> {
        /// What was understood; nil when nothing was.
        var value: Value?
        /// What the judge said last.
        var raw = ""
    }

    /// Asks until the answer can be read, at most ``attempts`` times; `read` gives nil for one that cannot.
    ///
    /// A model that fails is not asked again here: its own backend has tried. Throws cancellation alone.
    mutating func ask<Value>(
        _ question: PauseQuestion, of judge: any PauseJudge, _ stage: String, read: (JSONObject) -> Value?
    ) async throws -> Answer<Value> {
        var answer = Answer<Value>()
        for attempt in 0..<Self.attempts {
            var question = question
            question.attempt = attempt
            do {
                answer.raw = try await judge.answer(question, in: scope)
            } catch {
                try Task.checkCancellation()
                note(.api, "\(stage).api", "\(judge.name): \(Self.text(of: error))", question)
                guard (error as? EvaluationError)?.retry.isWorthwhile == true else { return answer }
                continue
            }
            if let object = PauseReply.object(in: answer.raw), let value = read(object) {
                answer.value = value
                return answer
            }
            note(
                .parse, "\(stage).parse", "\(judge.name): the answer is not of the shape asked for", question,
                answer.raw)
        }
        return answer
    }

    /// Keeps an error.
    mutating func note(_ error: PausePipelineError) { errors.append(error) }

    private mutating func note(
        _ kind: PausePipelineError.Kind, _ stage: String, _ detail: String, _ question: PauseQuestion,
        _ raw: String = ""
    ) {
        errors.append(
            PausePipelineError(kind: kind, stage: stage, detail: detail, place: question.place, raw: raw))
    }

    private static func text(of error: any Error) -> String {
        (error as? EvaluationError).map { "\($0.code.rawValue): \($0.message)" } ?? String(describing: error)
    }
}

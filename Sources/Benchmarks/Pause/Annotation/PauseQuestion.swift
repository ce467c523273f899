import Evaluation
import JSON

/// A question to a judge: the words for a model, and what a script needs to answer it.
struct PauseQuestion: Sendable {
    /// What is asked.
    enum Stage: String, Sendable, Hashable, CaseIterable {
        /// What a trajectory is worth.
        case annotate
        /// Which of several is the best.
        case select
        /// What to do better next time.
        case rerunGuidance = "rerun_guidance"
        /// Which targets a reference trajectory reached.
        case align
        /// What a trajectory reached, compared with the reference.
        case evaluate
        /// What kind of error it is.
        case classify
    }

    /// What is asked.
    var stage: Stage
    /// About what.
    var place: PausePlaceInPipeline
    /// Which of several judges is asked, from 0.
    var judge = 0
    /// How often this was asked before.
    var attempt = 0
    /// The words for a model.
    var messages: [Message]
    /// The task.
    var task: PauseTask
    /// The trajectories that it is about.
    var trajectories: [JSONObject]
    /// The profile before them.
    var profile: JSONObject
}

/// Answers questions with the text of one JSON object.
protocol PauseJudge: Sendable {
    /// The judge's name in annotations.
    var name: String { get }

    /// Answers a question. Throws ``EvaluationError`` when it cannot.
    func answer(_ question: PauseQuestion, in scope: EpisodeScope) async throws -> String
}

/// A judge that is a chat model.
struct PauseModelJudge: PauseJudge {
    let name: String
    let model: any ChatModel
    let parameters: JSONObject

    func answer(_ question: PauseQuestion, in scope: EpisodeScope) async throws -> String {
        let request = ChatRequest(
            messages: question.messages, parameters: parameters, responseFormat: .jsonObject)
        let purpose = "\(question.stage.rawValue)/\(question.judge)/\(question.place.trajectory ?? -1)"
        return try await model.respond(to: request, in: scope.call(purpose, index: question.attempt)).message.text ?? ""
    }
}

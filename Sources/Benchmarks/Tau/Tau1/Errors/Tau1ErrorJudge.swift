import Evaluation
import JSON

/// The parameters of `tau_bench_error_identification`.
struct Tau1ErrorParameters: Parameters {
    var extent = Tau1ErrorDossier.Extent.complete
    var asksForJSON = true
    var modelArguments: JSONObject = ["temperature": 1e-05]

    static var fields: [ParameterField<Self>] {
        [
            .init(
                "context", \.extent,
                "What the model is shown: complete, or official: without tool calls, and without the dialogue where a task "
                    + "has outputs."),
            .init("json_mode", \.asksForJSON, "Whether choices are asked for in the provider's JSON mode."),
            .init("model_args", \.modelArguments, "Sampling parameters of the questions."),
        ]
    }
}

extension Tau1ErrorDossier.Extent: ParameterChoice {}

/// `tau_bench_error_identification`: asks a model who caused the fault of a failed dialogue, and what fault it was.
///
/// Only dialogues with reward 0 are looked at. It never changes a score: what cannot be found out is noted as such.
struct Tau1ErrorJudge: RoleAdapter {
    let parameters: Tau1ErrorParameters
    let answers: Tau1ErrorAnswers

    let contract = StepContract(reads: [.sample, .trajectory, .verdicts], writes: [.verdicts])

    /// The largest reward that counts as failed, as officially.
    static let failureLimit = 1e-3

    func perform(on episode: inout Episode, in scope: EpisodeScope) async throws {
        guard let reward = episode.judgeOutput["tau_bench"]?["reward"]?.doubleValue else {
            throw EvaluationError(
                .judgeFailed, "the episode has no reward of τ-bench", cause: .configuration,
                advice: "let 'tau_bench_eval' judge before 'tau_bench_error_identification'")
        }
        guard reward <= Self.failureLimit else { return }
        let facts = try Tau1SampleFacts(episode.sample)
        let dossier = Tau1ErrorDossier(
            task: facts.task,
            messages: Tau1Messages.official(episode.trajectory, strategy: facts.agentStrategy),
            extent: parameters.extent)
        let model = try scope.adapter.requireModel()
        let finding = try await find(dossier, asking: model, in: scope)
        episode.verdicts.append(Verdict(judge: scope.adapter.id, output: ["tau_bench_errors": finding]))
    }

    /// What is found, or why nothing is.
    private func find(
        _ dossier: Tau1ErrorDossier, asking model: any ChatModel, in scope: EpisodeScope
    ) async throws -> JSONValue {
        guard !dossier.isEmpty else {
            return ["task_id": JSONValue(dossier.task.id), "not_analysed": "nothing was said"]
        }
        var asked = 0
        do {
            let analysis = try await Tau1ErrorAnalysis(of: dossier.task.id) { question in
                asked += 1
                return try await ask(question, about: dossier, model, scope.call(scope.adapter.id, index: asked - 1))
            }
            return [
                "task_id": JSONValue(dossier.task.id), "fault_assignment": analysis.assignmentJSON,
                "fault_type": analysis.typeJSON, "model": .string(model.name),
                "context": .string(parameters.extent.rawValue),
            ]
        } catch let error as EvaluationError where error.cause == .provider || error.cause == .model {
            // The dialogue has its score whatever happens to what is said about it.
            return ["task_id": JSONValue(dossier.task.id), "not_analysed": .string(error.message)]
        }
    }

    private func ask(
        _ question: Tau1ErrorQuestion, about dossier: Tau1ErrorDossier, _ model: any ChatModel,
        _ context: CallContext
    ) async throws -> String {
        let request = question.request(
            about: dossier, parameters: parameters.modelArguments, asksForJSON: parameters.asksForJSON)
        return try await answers.answer(to: request.messages) {
            let reply = try await model.respond(to: request, in: context).message.text ?? ""
            // A reply that makes no choice is not worth keeping.
            if !question.choices.isEmpty { _ = try question.choice(in: reply) }
            return reply
        }
    }
}

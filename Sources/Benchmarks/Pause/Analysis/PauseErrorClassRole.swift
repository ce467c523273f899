import Evaluation
import JSON

/// `pause_error_class`: says what kind of error a trajectory made that missed a target.
struct PauseErrorClassRole: RoleAdapter {
    let parameters: PauseSemanticParameters

    let contract = StepContract(reads: [.sample], writes: [.verdicts])

    func perform(on episode: inout Episode, in scope: EpisodeScope) async throws {
        guard let item = episode.sample.gold["pause_error"]?.objectValue else {
            throw EvaluationError(
                .dataMalformed, "sample '\(episode.sample.id)' is no error to classify", cause: .configuration,
                advice: "load it with 'pause_errors'")
        }
        let judge = try PauseClients(models: scope.models).judge(parameters.evaluator, base: scope.run.baseDirectory)
        var inquiry = PauseInquiry(scope: scope)
        let answer = try await inquiry.ask(try question(about: item), of: judge, "classify") { object in
            object["error_type"]?.stringValue.flatMap { PauseErrorClass(rawValue: $0.uppercased()) }
        }
        guard let type = answer.value else {
            if let last = inquiry.errors.last, last.kind == .api {
                throw EvaluationError(
                    .judgeFailed, "the classifier could not be asked: \(last.detail)", cause: .provider)
            }
            episode.verdicts.append(
                Verdict(
                    judge: scope.adapter.id, output: ["pause_error": ["error_type": "PARSE_ERROR"]],
                    unscorableReason: "\(judge.name) named none of the classes"))
            return
        }
        episode.verdicts.append(
            Verdict(
                judge: scope.adapter.id,
                output: [
                    "pause_error": [
                        "error_type": .string(type.rawValue),
                        "reason": PauseReply.object(in: answer.raw)?["reason"] ?? "",
                    ]
                ]))
    }

    private func question(about item: JSONObject) throws -> PauseQuestion {
        let branch = item["branch"]?.stringValue ?? ""
        let task = try PauseTask(json: item["task"] ?? [:], branch: branch)
        var place = PausePlaceInPipeline(file: item["file"]?.stringValue ?? "", branch: branch, label: task.label)
        place.trajectory = item["traj_idx"]?.intValue
        place.assistantModel = item["assistant_model"]?.stringValue ?? ""
        let classes = PauseErrorClass.allCases.map { "\($0.rawValue): \($0.meaning)" }.joined(separator: "\n")
        let achieved = item["targets_achieved"]?.text() ?? "[]"
        let targets = task.targetTexts.joined(separator: "\n")
        return PauseQuestion(
            stage: .classify, place: place,
            messages: [
                .system(
                    """
                    Name the kind of error that made a health assistant miss targets of a task. The kinds:
                    \(classes)
                    Answer with one JSON object: {"error_type": one of the kinds, "reason": a sentence}.
                    """),
                .user(
                    """
                    ## Task
                    \(task.instruction)

                    ## Targets
                    \(targets)
                    Reached: \(achieved)

                    ## What a judge found
                    \(item["error_analysis"]?.stringValue ?? "")
                    """),
            ], task: task, trajectories: [], profile: [:])
    }
}

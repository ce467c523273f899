import Evaluation
import JSON

/// The parameters of `pause_semantic`.
struct PauseSemanticParameters: Parameters {
    var evaluator = PauseJudgeRoute()

    static var fields: [ParameterField<Self>] {
        PauseJudgeRoute.fields.map { ParameterField(of: \.evaluator, $0) }
    }

    func validate(at node: ConfigNode, into diagnostics: inout Diagnostics) {
        evaluator.validate(at: node, into: &diagnostics)
    }
}

/// `pause_semantic`: asks a model of each target whether the trajectory reached it, compared with the reference.
struct PauseSemanticJudge: RoleAdapter {
    let parameters: PauseSemanticParameters
    let library: PauseTaskLibrary

    let contract = StepContract(reads: [.sample], writes: [.verdicts])

    func perform(on episode: inout Episode, in scope: EpisodeScope) async throws {
        let subject = try await PauseSubject(episode, library: library)
        if let obstacle = subject.obstacle {
            episode.verdicts.append(.pauseObstacle(obstacle, judge: scope.adapter.id))
            return
        }
        let judge = try judge(in: scope)
        var inquiry = PauseInquiry(scope: scope)
        let count = subject.task.targets.count
        let answer = try await inquiry.ask(question(about: subject), of: judge, "evaluate") {
            PauseSemanticAnswer($0, targets: count)
        }
        guard let found = answer.value else {
            try Self.rethrow(inquiry.errors)
            episode.verdicts.append(
                .pauseObstacle(
                    ("parse_error", "\(judge.name) did not say of each target whether it was reached"),
                    judge: scope.adapter.id))
            return
        }
        var finding = subject.finding(by: judge.name, targets: found.targets)
        finding.extras["trajectory_summary"] = .string(found.summary)
        finding.extras["error_analysis"] = .string(found.errorAnalysis)
        finding.extras["llm_raw"] = .string(answer.raw)
        if let checks = found.checks { finding.extras["checks"] = checks }
        if let expected = subject.task.expectedTransaction {
            let state = subject.log.finalProfile["shopping"]?.objectValue
            finding.extras["shopping"] = ShoppingScore(state: state, expected: expected).json
        }
        let isUndecided = found.targets.allSatisfy { $0 == nil }
        episode.verdicts.append(
            Verdict(
                judge: scope.adapter.id, output: ["pause": .object(finding.json)],
                unscorableReason: isUndecided ? "\(judge.name) could not decide any target" : nil))
    }

    private func judge(in scope: EpisodeScope) throws -> any PauseJudge {
        // A backend of the adapter's own is the judge, where it has one.
        if let model = scope.adapter.model {
            return PauseModelJudge(name: model.name, model: model, parameters: parameters.evaluator.parameters)
        }
        return try PauseClients(models: scope.models).judge(parameters.evaluator, base: scope.run.baseDirectory)
    }

    private func question(about subject: PauseSubject) -> PauseQuestion {
        let reader = PauseTrajectoryReader(subject.trajectory)
        var tools = PauseToolSummaries.used(in: [subject.trajectory])
        for tool in PauseToolSummaries.of(subject.reference?.calls ?? [])
        where !tools.contains(where: { $0.name == tool.name }) {
            tools.append(tool)
        }
        let exhibit = PausePrompts.Exhibit(
            task: subject.task, branch: subject.branch,
            now: subject.log.initialProfile["now"]?.stringValue ?? "", tools: tools)
        var place = PausePlaceInPipeline(
            file: "\(subject.identity["log"]?.stringValue ?? "").json", branch: subject.branch,
            label: subject.task.label)
        place.assistantModel = reader.assistantModel
        return PauseQuestion(
            stage: .evaluate, place: place,
            messages: PausePrompts.evaluation(
                exhibit, reference: subject.reference?.summary ?? "", transcript: reader.transcript),
            task: subject.task, trajectories: [subject.trajectory],
            profile: subject.log.initialProfile.objectValue ?? [:])
    }

    /// A judge that could not be asked is a provider's failure, and the episode is attempted again.
    private static func rethrow(_ errors: [PausePipelineError]) throws(EvaluationError) {
        guard let last = errors.last, last.kind == .api else { return }
        throw EvaluationError(.judgeFailed, "the evaluator could not be asked: \(last.detail)", cause: .provider)
    }
}

/// What an evaluator said.
struct PauseSemanticAnswer {
    let summary: String
    let errorAnalysis: String
    /// For each target whether it was reached; nil where the evaluator cannot know.
    let targets: [Bool?]
    /// The checks of a scripted evaluator.
    let checks: JSONValue?

    /// Reads an answer; nil unless it says something of each target.
    init?(_ answer: JSONObject, targets count: Int) {
        guard let list = answer["targets_achieved"]?.arrayValue, list.count == count else { return nil }
        var targets: [Bool?] = []
        for value in list {
            let flag = PauseReply.flag(value)
            guard flag != nil || value.isNull else { return nil }
            targets.append(flag)
        }
        self.targets = targets
        summary = answer["trajectory_summary"]?.stringValue ?? ""
        errorAnalysis = answer["error_analysis"]?.stringValue ?? ""
        checks = answer["checks"]
    }
}

extension PausePrompts {
    /// Asks of each target whether it was reached.
    static func evaluation(_ exhibit: Exhibit, reference: String, transcript: [String]) -> [Message] {
        let known = reference.isEmpty ? "" : "\n\n## What a correct attempt did\n\(reference)"
        let conversation = "## Conversation\n\(transcript.joined(separator: "\n"))"
        return [.system(evaluatorRules), .user("\(exhibit.text)\(known)\n\n\(conversation)")]
    }

    private static let evaluatorRules = """
        You judge whether a health assistant reached the targets of a task. Judge each target on its own, from the \
        conversation and the results in it, strictly:
        - A recommendation counts only when it comes from the tool that recommends.
        - Days without data that the assistant explains as a problem of synchronization, where the correct attempt found \
        the source that was missing, are an error.
        - Calling a tool that belongs to the user is a critical error, and no target that depends on it is reached.
        - A day more or less in a range of dates is no error, and neither is rounding.
        - What was only announced, and not done or said, was not reached.
        Answer with one JSON object: {"trajectory_summary": text, "error_analysis": text, empty when nothing is wrong, \
        "targets_achieved": one boolean for each target, in order}.
        """
}

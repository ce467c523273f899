import Evaluation
import JSON

/// The parameters of `pause_annotation`.
struct PauseAnnotationParameters: Parameters {
    var annotators: [PauseJudgeRoute] = [PauseJudgeRoute()]
    var reruns = false
    var routes: [PauseRoute] = []
    var dialogue = PauseDialogueSettings()

    static var fields: [ParameterField<Self>] {
        [
            .init("annotators", \.annotators, "The judges; the first also chooses, advises and aligns."),
            .init("rerun", \.reruns, "Whether tasks without a good trajectory are attempted again, twice at most."),
            .init("routes", \.routes, "Who attempts them again."),
        ] + PauseDialogueSettings.fields.map { ParameterField(of: \.dialogue, $0) }
    }

    func validate(at node: ConfigNode, into diagnostics: inout Diagnostics) {
        if annotators.isEmpty { diagnostics.error("'annotators' is empty", at: node) }
        if reruns, routes.isEmpty {
            diagnostics.warning("'rerun' without 'routes' attempts nothing again", at: node)
        }
    }
}

/// `pause_annotation`: annotates the trajectories of a task, chooses the reference, and aligns the targets.
struct PauseAnnotationRole: RoleAdapter {
    let parameters: PauseAnnotationParameters
    let library: PauseTaskLibrary

    let contract = StepContract(reads: [.sample], writes: [.verdicts])

    func perform(on episode: inout Episode, in scope: EpisodeScope) async throws {
        let clients = PauseClients(models: scope.models)
        var settings = PauseAnnotationSettings(
            judges: try parameters.annotators.map { try clients.judge($0, base: scope.run.baseDirectory) })
        settings.reruns = parameters.reruns
        settings.routes = parameters.routes
        settings.dialogue = parameters.dialogue
        let job = try await job(for: episode)
        var annotator = PauseAnnotator(settings: settings, library: library, scope: scope)
        let result = try await annotator.annotate(job)
        let selection = result["final_selection"] ?? .null
        var output: JSONObject = ["pause_annotation": .object(result)]
        output["pause_selection"] = selection
        episode.verdicts.append(
            Verdict(judge: scope.adapter.id, output: output, unscorableReason: Self.unscorableReason(result)))
    }

    /// Why the choice says nothing about a model; nil where it does.
    static func unscorableReason(_ result: JSONObject) -> String? {
        let selection = result["final_selection"]
        guard selection?["status"]?.stringValue != PauseSelection.Status.selected.rawValue else { return nil }
        if selection?["failure_category"]?.stringValue == PauseSelection.Failure.error.rawValue {
            return "no judge could be asked"
        }
        let attempts = ["trajs", "rerun_trajs"].flatMap { result[$0]?.arrayValue ?? [] }.compactMap(\.objectValue)
        guard !attempts.isEmpty, attempts.allSatisfy({ PauseTrajectoryReader($0).isInfrastructureFailure }) else {
            return nil
        }
        return "every dialogue failed through the fault of a provider, a simulator or the machine"
    }

    /// What is to be annotated: a log that was read, or the dialogues of this episode.
    private func job(for episode: Episode) async throws -> PauseAnnotationJob {
        let logs = try PauseLogFacts(episode.sample)
        if let log = episode.sample.gold["pause_log"]?.objectValue {
            let file = try PauseLogFile(path: logs.path)
            var job = try file.job(name: logs.name, trajectories: log["trajs"]?.arrayValue ?? [])
            job.meta = file.json["meta"]?.objectValue
            return job
        }
        guard let trajectories = episode.prediction?.artifacts["trajs"]?.arrayValue else {
            throw EvaluationError(
                .judgeFailed, "the episode has no trajectories to annotate", cause: .configuration,
                advice: "run 'pause_dialogues' before it, or load logs with 'pause_logs'")
        }
        let facts = try PauseSampleFacts(episode.sample)
        let file = try await library.file(facts.place.path)
        return PauseAnnotationJob(
            name: facts.place.logName, branch: facts.place.branch, task: facts.task, meta: file.storeMeta,
            profile: try PauseProfile(json: file.profile(for: facts.place.branch)).json,
            trajectories: trajectories.compactMap(\.objectValue))
    }
}

/// Where a log is that a sample is made of, or where that of a task's sample will be.
struct PauseLogFacts {
    let path: String
    let name: String

    init(_ sample: Sample) throws(EvaluationError) {
        guard let metadata = sample.metadata["pause"], let path = metadata["file"]?.stringValue,
            let name = metadata["log"]?.stringValue
        else {
            throw EvaluationError(
                .dataMalformed, "sample '\(sample.id)' is no PAUSE log or task", cause: .configuration,
                advice: "load logs with 'pause_logs' and tasks with 'pause_tasks'")
        }
        self.path = path
        self.name = name
    }
}

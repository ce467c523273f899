import Evaluation
import JSON

extension PauseAnnotator {
    /// What came of attempting a task again.
    struct Repetition {
        var selection: PauseSelection
        var trajectories: [JSONObject] = []
    }

    /// Attempts a task again with advice from what judges said, until a trajectory passes.
    mutating func rerun(_ job: PauseAnnotationJob) async throws -> Repetition {
        guard let meta = job.meta, let profile = job.profile else {
            return Repetition(selection: .failed(.rerunMissingProfile, "the log has no meta and profile"))
        }
        guard !settings.routes.isEmpty else {
            return Repetition(selection: .failed(.rerunNoRoutes, "no route is configured to attempt the task again"))
        }
        guard (try? PauseBranchRules(branch: job.branch)) != nil else {
            // The failure is the finding: a branch that nobody knows has no tools to offer.
            return Repetition(selection: .failed(.rerunMissingAllowlist, "there is no branch '\(job.branch)'"))
        }
        let store: PauseStore
        do {
            store = try await library.store(meta: meta, profile: profile)
        } catch {
            return failed(.rerunRunError, "the store cannot be built again: \(error)", [])
        }
        var current = job
        for attempt in 0..<settings.rerunAttempts {
            guard let guidance = try await guidance(for: current) else {
                return Repetition(
                    selection: .failed(.rerunGuidanceError, "no advice for another attempt could be had"))
            }
            var request = PauseDialoguePreparation.Request(
                task: job.task, branch: job.branch, store: store, route: PauseRoute())
            request.guidance = guidance
            request.settings = settings.dialogue
            let runner = PauseDialogueRunner(scope: scope, stream: "rerun \(attempt)")
            let results = try await runner.run(request, routes: settings.routes)
            current.trajectories = results.map(\.json)
            for (place, result) in results.enumerated() {
                guard let failure = result.failure else { continue }
                inquiry.note(
                    PausePipelineError(
                        kind: .runner, stage: "rerun.run", detail: failure.message, place: current.place(place)))
            }
            if results.allSatisfy({ $0.failure != nil }) {
                return failed(.rerunRunError, "no dialogue came to an end", current.trajectories)
            }
            current.trajectories = try await annotated(current)
            var selection = try await select(in: current)
            selection.guidance = guidance
            if selection.failure != .rerunPending {
                return Repetition(selection: selection, trajectories: current.trajectories)
            }
        }
        return failed(
            .rerunExhausted, "no trajectory of \(settings.rerunAttempts) repetitions passed", current.trajectories)
    }

    private func failed(
        _ failure: PauseSelection.Failure, _ reason: String, _ trajectories: [JSONObject]
    ) -> Repetition {
        Repetition(selection: .failed(failure, reason), trajectories: trajectories)
    }

    private mutating func guidance(for job: PauseAnnotationJob) async throws -> String? {
        guard let judge = settings.judges.first else { return nil }
        var question = question(.rerunGuidance, job, job.trajectories)
        question.messages = PausePrompts.rerunGuidance(
            exhibit(of: job), annotations: job.trajectories.compactMap { $0["annotation"]?.objectValue })
        let answer = try await inquiry.ask(question, of: judge, "rerun") { object -> String? in
            let text = (object["rerun_guidance"]?.stringValue ?? "").trimmingBlanks
            return text.isEmpty ? nil : text
        }
        return answer.value
    }
}

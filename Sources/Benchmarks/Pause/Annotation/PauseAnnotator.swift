import Evaluation
import JSON

/// Annotates the trajectories of one log and chooses the reference among them.
struct PauseAnnotator {
    let settings: PauseAnnotationSettings
    let library: PauseTaskLibrary
    let scope: EpisodeScope
    var inquiry: PauseInquiry

    init(settings: PauseAnnotationSettings, library: PauseTaskLibrary, scope: EpisodeScope) {
        self.settings = settings
        self.library = library
        self.scope = scope
        inquiry = PauseInquiry(scope: scope)
    }

    /// What is added to the log: annotated trajectories, those of repetitions, the choice, the targets, and every error.
    ///
    /// Throws cancellation alone; what fails is in `pipeline_errors`.
    mutating func annotate(_ job: PauseAnnotationJob) async throws -> JSONObject {
        var job = job
        var result: JSONObject = [:]
        var selection: PauseSelection
        if job.trajectories.isEmpty {
            selection = .failed(.invalid, "the log has no trajectories")
        } else {
            job.trajectories = try await annotated(job)
            result["trajs"] = .array(job.trajectories.map { .object($0) })
            selection = try await select(in: job)
        }
        var chosen = selection.chosen.map { job.trajectories[$0] }
        if selection.failure == .rerunPending, settings.reruns {
            let repetition = try await rerun(job)
            selection = repetition.selection
            chosen = repetition.selection.chosen.map { repetition.trajectories[$0] }
            if !repetition.trajectories.isEmpty {
                result["rerun_trajs"] = .array(repetition.trajectories.map { .object($0) })
            }
        }
        if let chosen, !job.isShopping { try await align(job, with: chosen, &selection, &result) }
        result["selection"] = .object(selection.json)
        result["final_selection"] = .object(selection.json)
        result["pipeline_errors"] = .array(inquiry.errors.map(\.json))
        return result
    }

    // MARK: Annotating

    /// The trajectories with `annotations` and `annotation`.
    mutating func annotated(_ job: PauseAnnotationJob) async throws -> [JSONObject] {
        var trajectories: [JSONObject] = []
        for place in job.trajectories.indices {
            var trajectory = job.trajectories[place]
            let votes = try await votes(on: place, of: job)
            trajectory["annotations"] = .array(votes.map(\.json).map { .object($0) })
            var annotation = PauseAnnotation.vote(votes.map(\.annotation)).json
            annotation["assistant_model"] = .string(PauseTrajectoryReader(trajectory).assistantModel)
            annotation["passed"] = .bool(PauseAnnotation.vote(votes.map(\.annotation)).passes)
            trajectory["annotation"] = .object(annotation)
            trajectories.append(trajectory)
        }
        return trajectories
    }

    /// What one judge thinks.
    private struct Vote {
        var annotation: PauseAnnotation
        var judge: String
        var raw = ""

        var json: JSONObject {
            var object = annotation.json
            object["annotator_model"] = .string(judge)
            object["llm_raw"] = .string(raw)
            return object
        }
    }

    private mutating func votes(on place: Int, of job: PauseAnnotationJob) async throws -> [Vote] {
        let reader = PauseTrajectoryReader(job.trajectories[place])
        if reader.isTerminated {
            return [Vote(annotation: .failing("cut off: \(reader.terminationReason)"), judge: "rules")]
        }
        if let expected = job.task.expectedTransaction {
            let score = ShoppingScore(
                state: job.trajectories[place]["shopping_state"]?.objectValue, expected: expected)
            let flag = score.isComplete
            let annotation = PauseAnnotation(
                summary: "score \(score.score) of \(score.maximum)",
                errorAnalysis: score.issues.joined(separator: "; "), isLogicCorrect: flag, areParametersCorrect: flag,
                isPolicyCorrect: flag)
            return [Vote(annotation: annotation, judge: "shopping_score")]
        }
        var votes: [Vote] = []
        for (number, judge) in settings.judges.enumerated() {
            var question = question(.annotate, job, [job.trajectories[place]], trajectory: place)
            question.judge = number
            question.messages = PausePrompts.annotation(exhibit(of: job), transcript: reader.transcript)
            let answer = try await inquiry.ask(question, of: judge, "judge") { PauseAnnotation(answer: $0) }
            let annotation = answer.value ?? .failing("this judge gave no answer that could be read")
            votes.append(Vote(annotation: annotation, judge: judge.name, raw: answer.raw))
        }
        return votes
    }

    // MARK: Choosing

    mutating func select(in job: PauseAnnotationJob) async throws -> PauseSelection {
        let passing = job.trajectories.indices.filter { place in
            job.trajectories[place]["annotation"]?["passed"]?.boolValue ?? false
        }
        let candidates = passing.map {
            PauseSelectionRules.Candidate(place: $0, trajectory: job.trajectories[$0])
        }
        switch PauseSelectionRules.decide(candidates) {
        case .nobody:
            let isHeard = job.trajectories.contains { trajectory in
                trajectory["annotations"]?.arrayValue?.contains { $0["llm_raw"]?.stringValue?.isEmpty == false }
                    ?? false
            }
            let isFailing = inquiry.errors.contains { $0.stage == "judge.api" } && !isHeard
            return isFailing
                ? .failed(.error, "no judge could be asked") : .failed(.rerunPending, "no trajectory passed")
        case .choose(let candidate, let reason):
            return .selected(candidate.place, model: candidate.model, reason)
        case .ask(let left): return try await ask(about: left, in: job)
        }
    }

    private mutating func ask(
        about candidates: [PauseSelectionRules.Candidate], in job: PauseAnnotationJob
    ) async throws -> PauseSelection {
        guard let judge = settings.judges.first else { return .failed(.error, "there is no judge to choose") }
        let trajectories = candidates.map { job.trajectories[$0.place] }
        var question = question(.select, job, trajectories)
        question.messages = PausePrompts.selection(
            exhibit(of: job), annotations: trajectories.compactMap { $0["annotation"]?.objectValue })
        let answer = try await inquiry.ask(question, of: judge, "select") {
            PauseSelectionRules.settle($0, among: candidates)
        }
        if let (candidate, reason) = answer.value {
            return .selected(candidate.place, model: candidate.model, reason)
        }
        return PauseSelection(status: .tie, reason: "the selector gave no answer that could be used")
    }

    // MARK: Targets

    /// Drops targets that the reference missed, or takes the choice back when it missed too many.
    private mutating func align(
        _ job: PauseAnnotationJob, with chosen: JSONObject, _ selection: inout PauseSelection,
        _ result: inout JSONObject
    ) async throws {
        let targets = job.task.targets
        var findings: [[Bool]?] = []
        var analysis = ""
        var raw: [String] = []
        for (number, judge) in settings.judges.prefix(2).enumerated() {
            var question = question(.align, job, [chosen], trajectory: selection.chosen)
            question.judge = number
            question.messages = PausePrompts.alignment(
                exhibit(of: job), transcript: PauseTrajectoryReader(chosen).transcript)
            let answer = try await inquiry.ask(question, of: judge, "align") { object -> ([Bool], String)? in
                let flags = (object["achieved"]?.arrayValue ?? []).map(PauseReply.flag)
                guard flags.count == targets.count, !flags.contains(nil) else { return nil }
                return (flags.compactMap { $0 }, object["analysis"]?.stringValue ?? "")
            }
            findings.append(answer.value?.0)
            if analysis.isEmpty { analysis = answer.value?.1 ?? "" }
            raw.append(answer.raw)
        }
        let alignment = PauseTargetAlignment.combine(findings, targets: targets.count, analysis: analysis, raw: raw)
        result["align_targets"] = .object(alignment.json)
        guard alignment.isAccepted else {
            selection = .failed(.alignTargetsFailed, alignment.reason)
            return
        }
        let kept = alignment.kept(of: targets)
        result["aligned_targets"] = .array(kept)
        result["targets"] = .array(kept)
        let dropped = targets.count - kept.count
        result["targets_adjust_reason"] = .string(
            dropped == 0
                ? "" : "\(dropped) of \(targets.count) targets were dropped, which the reference did not reach")
        if dropped > 0 { result["target_indices"] = .array(alignment.keptIndices.map { JSONValue($0) }) }
    }

    // MARK: Questions

    func question(
        _ stage: PauseQuestion.Stage, _ job: PauseAnnotationJob, _ trajectories: [JSONObject], trajectory: Int? = nil
    ) -> PauseQuestion {
        var place = job.place()
        place.trajectory = trajectory
        if trajectories.count == 1 { place.assistantModel = PauseTrajectoryReader(trajectories[0]).assistantModel }
        return PauseQuestion(
            stage: stage, place: place, messages: [], task: job.task, trajectories: trajectories,
            profile: job.profile ?? [:])
    }

    func exhibit(of job: PauseAnnotationJob) -> PausePrompts.Exhibit {
        PausePrompts.Exhibit(
            task: job.task, branch: job.branch, now: job.profile?["now"]?.stringValue ?? "",
            tools: PauseToolSummaries.used(in: job.trajectories))
    }
}

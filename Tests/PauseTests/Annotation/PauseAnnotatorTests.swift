import Evaluation
import GageTesting
import JSON
import Testing

@testable import Pause

@Suite("Annotating logs")
struct PauseAnnotatorTests {
    /// A judge that answers each stage with the same object, or fails.
    private struct StageJudge: PauseJudge {
        let name = "judge"
        var answers: [PauseQuestion.Stage: @Sendable (PauseQuestion) -> JSONValue?] = [:]

        func answer(_ question: PauseQuestion, in scope: EpisodeScope) async throws -> String {
            guard let answer = answers[question.stage]?(question) else {
                throw EvaluationError(.providerFailed, "down", cause: .provider)
            }
            return answer.text()
        }
    }

    private static let good: JSONValue = [
        "trajectory_summary": "fine", "error_analysis": "", "tool_calling_logic_correct": true,
        "tool_calling_parameter_correct": true, "reason_policy_correct": true,
    ]
    private static let bad: JSONValue = [
        "trajectory_summary": "no", "error_analysis": "wrong day", "tool_calling_logic_correct": false,
        "tool_calling_parameter_correct": false, "reason_policy_correct": false,
    ]

    private static func judge(
        annotate: @escaping @Sendable (PauseQuestion) -> JSONValue?, achieved: [JSONValue] = [true, true],
        select: JSONValue? = nil, guidance: String? = nil
    ) -> StageJudge {
        StageJudge(answers: [
            .annotate: annotate, .align: { _ in ["analysis": "so", "achieved": .array(achieved)] },
            .select: { _ in select }, .rerunGuidance: { _ in guidance.map { ["rerun_guidance": .string($0)] } },
        ])
    }

    private static func job(_ trajectories: [JSONObject]) -> PauseAnnotationJob {
        PauseAnnotationJob(
            name: "tasks_a_wearable_data_casual_0", branch: "wearable_data_casual",
            task: PauseTestLog.task(targets: 2), meta: nil, profile: nil, trajectories: trajectories)
    }

    private static func annotate(
        _ job: PauseAnnotationJob, _ judges: [any PauseJudge], reruns: Bool = false
    ) async throws -> JSONObject {
        var settings = PauseAnnotationSettings(judges: judges)
        settings.reruns = reruns
        var annotator = PauseAnnotator(settings: settings, library: PauseTaskLibrary(), scope: .pauseTest())
        return try await annotator.annotate(job)
    }

    private static let first = PauseTestLog.trajectory(model: "m1", calls: [("get_wallet", [:])])
    private static let second = PauseTestLog.trajectory(model: "m2", calls: [("get_cart", [:])])

    @Test func theOneTrajectoryThatPassesIsChosenAndItsTargetsAreKept() async throws {
        let judge = Self.judge(annotate: { $0.place.assistantModel == "m2" ? Self.good : Self.bad })
        let result = try await Self.annotate(Self.job([Self.first, Self.second]), [judge])
        #expect(result["final_selection"]?["status"] == "selected")
        #expect(result["final_selection"]?["select_assistant_model"] == "m2")
        #expect(result["aligned_targets"]?.arrayValue?.count == 2)
        #expect(result["pipeline_errors"] == [])
        #expect(result["trajs"]?[0]?["annotation"]?["passed"] == false)
        #expect(result["trajs"]?[1]?["annotations"]?.arrayValue?.count == 1)
    }

    @Test func aTargetThatTheReferenceMissedIsDropped() async throws {
        let judge = Self.judge(annotate: { _ in Self.good }, achieved: [false, true])
        let result = try await Self.annotate(Self.job([Self.first]), [judge])
        #expect(result["aligned_targets"] == ["target 1"])
        #expect(result["target_indices"] == [1])
    }

    @Test func aReferenceThatMissedTooManyTargetsIsNone() async throws {
        let judge = Self.judge(annotate: { _ in Self.good }, achieved: [false, false])
        let result = try await Self.annotate(Self.job([Self.first]), [judge])
        #expect(result["final_selection"]?["failure_category"] == "align_targets_failed")
    }

    @Test func differentCallsAreChosenBetweenByTheSelector() async throws {
        let judge = Self.judge(
            annotate: { _ in Self.good }, select: ["select_assistant_model": "m2", "select_reason": "shorter"])
        let result = try await Self.annotate(Self.job([Self.first, Self.second]), [judge])
        #expect(result["final_selection"]?["select_traj_idx"] == 1)
        let silent = Self.judge(annotate: { _ in Self.good })
        let tie = try await Self.annotate(Self.job([Self.first, Self.second]), [silent])
        #expect(tie["final_selection"]?["status"] == "tie")
        #expect(tie["pipeline_errors"]?[0]?["stage"] == "select.api")
    }

    @Test func aTrajectoryThatWasCutOffIsNotShownToAnyJudge() async throws {
        let judge = Self.judge(annotate: { _ in
            Issue.record("a judge was asked")
            return nil
        })
        let cut = PauseTestLog.trajectory(model: "m1", terminated: true)
        let result = try await Self.annotate(Self.job([cut]), [judge])
        #expect(result["final_selection"]?["failure_category"] == "rerun_pending")
        #expect(result["trajs"]?[0]?["annotation"]?["tool_calling_logic_correct"] == false)
    }

    @Test func dialoguesThatAProviderFailedCountAgainstNobody() async throws {
        var broken = PauseTestLog.trajectory(model: "m1", terminated: true)
        broken["termination_reason"] = "traj_generation_failed:provider.unreachable: nobody is there"
        let judge = Self.judge(annotate: { _ in nil })
        let lost = try await Self.annotate(Self.job([broken]), [judge])
        #expect(PauseAnnotationRole.unscorableReason(lost)?.contains("provider") == true)
        let cut = PauseTestLog.trajectory(model: "m2", terminated: true)
        let missed = try await Self.annotate(Self.job([broken, cut]), [judge])
        #expect(PauseAnnotationRole.unscorableReason(missed) == nil)
    }

    @Test func aJudgeThatFailsIsRecordedWithStageAndKind() async throws {
        let judge = Self.judge(annotate: { _ in nil })
        let result = try await Self.annotate(Self.job([Self.first]), [judge])
        #expect(result["final_selection"]?["failure_category"] == "error")
        let error = result["pipeline_errors"]?[0]
        #expect(error?["kind"] == "llm_api_error")
        #expect(error?["stage"] == "judge.api")
        #expect(error?["traj_idx"] == 0)
        #expect(error?["branch"] == "wearable_data_casual")
    }

    @Test func anAnswerThatCannotBeReadIsAskedForThreeTimes() async throws {
        let judge = Self.judge(annotate: { _ in ["trajectory_summary": "no flags"] })
        let result = try await Self.annotate(Self.job([Self.first]), [judge])
        let kinds = result["pipeline_errors"]?.arrayValue?.map { $0["kind"] }
        #expect(kinds == ["llm_parse_error", "llm_parse_error", "llm_parse_error"])
    }

    @Test func aLogWithoutTrajectoriesIsInvalid() async throws {
        let result = try await Self.annotate(Self.job([]), [Self.judge(annotate: { _ in nil })])
        #expect(result["final_selection"]?["failure_category"] == "invalid")
    }

    // MARK: Repetitions

    @Test func aRepetitionNeedsAProfileAndRoutes() async throws {
        let judge = Self.judge(annotate: { _ in Self.bad }, guidance: "look again")
        let without = try await Self.annotate(Self.job([Self.first]), [judge], reruns: true)
        #expect(without["final_selection"]?["failure_category"] == "rerun_missing_profile")
        var job = Self.job([Self.first])
        (job.meta, job.profile) = ([:], [:])
        let routeless = try await Self.annotate(job, [judge], reruns: true)
        #expect(routeless["final_selection"]?["failure_category"] == "rerun_no_routes")
    }

    @Test func anUnknownBranchHasNoToolsToRepeatWith() async throws {
        let judge = Self.judge(annotate: { _ in Self.bad }, guidance: "look again")
        var job = Self.job([Self.first])
        (job.meta, job.profile, job.branch) = ([:], [:], "gardening")
        var settings = PauseAnnotationSettings(judges: [judge])
        settings.reruns = true
        settings.routes = [PauseRoute()]
        var annotator = PauseAnnotator(settings: settings, library: PauseTaskLibrary(), scope: .pauseTest())
        let result = try await annotator.annotate(job)
        #expect(result["final_selection"]?["failure_category"] == "rerun_missing_allowlist")
    }

    /// A store and a task of one target, and a model that needs the advice to get there.
    private static func repeatable() throws -> PauseAnnotationJob {
        let store = try PauseStore.build(StoreSettings(seed: 46, connectsOneSource: true))
        var job = Self.job([Self.first])
        (job.meta, job.profile) = (store.meta.json, store.profile.json)
        return job
    }

    private static func rerun(
        annotate: @escaping @Sendable (PauseQuestion) -> JSONValue?, guidance: String?
    ) async throws -> (JSONObject, ScriptedModel) {
        let model = ScriptedModel("Here you are.")
        var settings = PauseAnnotationSettings(judges: [judge(annotate: annotate, guidance: guidance)])
        settings.reruns = true
        var route = PauseRoute()
        (route.assistantClient, route.assistantModel) = ("tested", "model")
        settings.routes = [route]
        var annotator = PauseAnnotator(
            settings: settings, library: PauseTaskLibrary(), scope: .pauseTest(models: ["tested": model]))
        return (try await annotator.annotate(try repeatable()), model)
    }

    @Test func aTaskThatNobodySolvedIsRepeatedWithAdviceThatStaysOutOfTheLog() async throws {
        let (result, model) = try await Self.rerun(
            annotate: { $0.place.assistantModel == "model" ? Self.good : Self.bad }, guidance: "mind the gap")
        #expect(result["final_selection"]?["status"] == "selected")
        #expect(result["final_selection"]?["rerun_guidance"] == "mind the gap")
        #expect(result["rerun_trajs"]?.arrayValue?.count == 1)
        #expect(model.calls.first?.request.messages.first?.text?.contains("mind the gap") == true)
        #expect(result["rerun_trajs"]?.text().contains("mind the gap") == false)
    }

    @Test func afterTwoRepetitionsItIsOver() async throws {
        let (result, model) = try await Self.rerun(annotate: { _ in Self.bad }, guidance: "mind the gap")
        #expect(result["final_selection"]?["failure_category"] == "rerun_exhausted")
        #expect(model.calls.count == 2)
    }

    @Test func withoutAdviceThereIsNoRepetition() async throws {
        let (result, model) = try await Self.rerun(annotate: { _ in Self.bad }, guidance: nil)
        #expect(result["final_selection"]?["failure_category"] == "rerun_guidance_error")
        #expect(model.calls.isEmpty)
    }
}

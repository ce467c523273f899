import Evaluation
import JSON
import Testing

@testable import GageConfiguration

@Suite struct FixtureTests {
    @Test(arguments: Fixtures.names + ["run_echo", "builtin_echo"])
    func loads(name: String) {
        let result = Fixtures.load(name)
        #expect(result.errors.isEmpty)
        #expect(result.plan?.name == name)
    }

    @Test(arguments: Fixtures.names + ["run_echo", "builtin_echo"])
    func theResolvedFormMeansTheSame(name: String) throws {
        let environment = ["FIXTURE_SEED": "8", "FIXTURE_MODEL": "large"]
        let first = Fixtures.load(name, environment: environment)
        let text = try #require(first.document?.yaml(showingOrigins: true))
        let second = Fixtures.loader().load(text: text, file: "\(name).yaml")
        #expect(second.errors.isEmpty)
        #expect(second.plan?.digest == first.plan?.digest)
        #expect(second.document?.json == first.document?.json)
        #expect(second.plan.map { PlanRendering($0).text } == first.plan.map { PlanRendering($0).text })
    }

    @Test func everySecondNameIsTaken() throws {
        let plan = try #require(Fixtures.load("short_forms").plan)
        let task = try #require(plan.tasks.first)
        #expect(task.dataset.recordLimit == 5)
        #expect(task.dataset.hubParameters == ["limit": 10])
        #expect(task.dataset.defaultFields == ["language": "en"])
        #expect(task.trials == 3)
        #expect(task.steps.map(\.name) == ["inference:dut", "judge:judge", "auto_eval"])
        #expect(task.steps.first?.adapter?.backendID == "dut.backend")
        #expect(task.steps.first?.adapter?.promptParameters == ["language": "en"])
        #expect(plan.backends.map(\.id) == ["echo", "dut.backend"])
        #expect(plan.summaryGenerators.map(\.id) == ["tau2_summary", "swebench_summary"])
    }

    @Test func metricOverridesSelectAndChange() throws {
        let task = try #require(Fixtures.load("short_forms").plan?.tasks.first)
        #expect(task.metrics.map(\.id) == ["latency", "twice"])
        let twice = try #require(task.metrics.last?.metric as? StandInMetric)
        #expect(
            twice.parameters == ["case_sensitive": false, "threshold": 0.5]
                || twice.parameters["case_sensitive"] == false)
    }

    @Test func keysWithoutEffectAreNoted() {
        #expect(
            Fixtures.load("choices").notes == [
                "choices.yaml:29:26: note: 'trust_remote_code' has no effect: no data set runs code (at datasets[0].hub_params.trust_remote_code)",
                "choices.yaml:33:22: note: 'doc_to_visual' has no effect: it is Python code, which gage does not run; a preprocessor can do this (at datasets[0].params.doc_to_visual)",
                "choices.yaml:52:7: note: 'capabilities' has no effect: what a model can do shows when it is asked (at role_adapters[0].capabilities)",
            ])
    }

    @Test func aMissingAutoEvalIsAdded() throws {
        let text = try Minimal.replacing("      - step: auto_eval\n", "")
        let result = try Minimal.load(text)
        #expect(result.notes == ["c.yaml:21:7: note: an 'auto_eval' step was added at the end (at tasks[0].steps)"])
        #expect(result.plan?.tasks.first?.steps.last?.kind == .autoEval)
    }

    @Test func aTaskWithoutStepsTakesTheCustomOnes() throws {
        let plan = try #require(Fixtures.load("choices").plan)
        #expect(plan.tasks.first?.steps.map(\.name) == ["inference:dut", "auto_eval"])
        #expect(plan.tasks.first?.reportSinks == [.file(path: "./runs/questions.jsonl")])
    }

    @Test func theOnlyDataSetIsTheTaskWhereNoneIsListed() throws {
        let text = try Minimal.replacing(
            "tasks:\n  - task_id: all\n    dataset_id: data\n    steps:", "custom:\n    steps:")
        let result = try Minimal.load(text)
        #expect(result.errors.isEmpty)
        #expect(result.plan?.tasks.map(\.id) == ["data"])
    }

    @Test func entriesThatNothingUsesAreWarnedOf() throws {
        let text = try Minimal.replacing("role_adapters:", "  - {backend_id: spare, type: dummy}\nrole_adapters:")
        #expect(
            try Minimal.load(text).warnings == [
                "c.yaml:11:18: warning: backend 'spare' is never used (at backends[1].backend_id)"
            ])
    }

    @Test func numbersOfATaskReachThePlan() throws {
        let plan = try #require(Fixtures.load("tau2_two_domains").plan)
        #expect(plan.seed == 11)
        #expect(plan.tasks.map(\.trials) == [4, 1])
        #expect(plan.tasks.map(\.concurrency) == [1, 4])
        #expect(plan.tasks.map(\.prefetch) == [2, 8])
        #expect(plan.tasks.map(\.maxRetries) == [1, 2])
        #expect(plan.tasks.map(\.episodeTimeout) == [.seconds(600), nil])
        #expect(plan.agentBackends.first?.samplingParameters == ["top_p": 0.9])
        let agent = plan.tasks.first?.steps[1].adapter
        #expect(agent?.sandbox?.lifecycle == .perSample)
        let loaders = plan.tasks.compactMap { ($0.dataset.loader as? StandIn)?.parameters["domain"] }
        #expect(loaders == ["airline", "telecom"])
    }

    @Test func anAgentIsForcedToCallToolsWhereItIsNotSaid() {
        #expect(Fixtures.load("swebench").plan?.agentBackends.map(\.forceToolChoice) == [.always])
    }
}

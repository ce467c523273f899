import Evaluation
import JSON
import Models
import Testing

@testable import Tau

@Suite("tau_bench_error_identification")
struct Tau1ErrorJudgeTests {
    /// Blames the agent for its arguments, and gives reasons.
    private struct BlamingBrain: MockBrain {
        func reply(to request: MockRequest) async -> MockReply {
            let question = request.messages.last?.text ?? ""
            guard question.containsText("Choices:") else { return MockReply("because") }
            return MockReply(#"{"classification": "B"}"#)
        }
    }

    private func episode(reward: Double?, text: String? = "No.", trial: Int = 0) throws -> Episode {
        let domain = try OwnTau1Data().domain(.retail)
        var sample = Sample(id: "s")
        sample.metadata["tau_bench"] = ["env": "retail", "split": "test", "task_id": 1]
        sample.gold["tau_bench_task"] = try domain.task(1, inSplit: "test").json
        var episode = Episode(id: EpisodeID(task: "t", sample: "s", trial: trial), seed: 1, sample: sample)
        if let text { episode.trajectory.entries.append(.init(.assistant(text), by: .agent)) }
        if let reward {
            episode.verdicts.append(Verdict(judge: "j", output: ["tau_bench": ["reward": JSONValue(reward)]]))
        }
        return episode
    }

    private func judge(
        _ episode: Episode, _ brain: any MockBrain = BlamingBrain(), answers: Tau1ErrorAnswers = Tau1ErrorAnswers()
    ) async throws -> Episode {
        var episode = episode
        let adapter = AdapterBinding(
            id: "errors", role: .judgeExtend, model: BrainModel(name: "blamer", brain: brain))
        let scope = EpisodeScope.stub(
            episode, adapter: adapter, models: StubModels(brain: brain),
            leases: StubLeases { throw CancellationError() })
        try await Tau1ErrorJudge(parameters: Tau1ErrorParameters(), answers: answers).perform(on: &episode, in: scope)
        return episode
    }

    @Test func aFailedDialogueIsExplained() async throws {
        let judged = try await judge(episode(reward: 0))
        let found = judged.judgeOutput["tau_bench_errors"]
        #expect(found?["fault_assignment"] == ["task_id": 1, "author": "agent", "description": "because"])
        #expect(
            found?["fault_type"]
                == ["task_id": 1, "fault_type": "used_wrong_tool_argument", "description": "because"])
    }

    @Test func aDialogueThatSucceededIsLeftAlone() async throws {
        let brain = RecordingBrain(BlamingBrain())
        let judged = try await judge(episode(reward: 1), brain)
        #expect(judged.judgeOutput["tau_bench_errors"] == nil)
        #expect(brain.requests(of: "errors").isEmpty)
    }

    @Test func withoutARewardThereIsNothingToExplain() async throws {
        await #expect(throws: EvaluationError.self) { _ = try await judge(episode(reward: nil)) }
    }

    @Test func equalDialoguesOfSeveralTrialsAreAskedAboutOnce() async throws {
        let (brain, answers) = (RecordingBrain(BlamingBrain()), Tau1ErrorAnswers())
        for trial in 0..<3 { _ = try await judge(episode(reward: 0, trial: trial), brain, answers: answers) }
        #expect(brain.requests(of: "errors").count == 4)
        #expect(brain.requests(of: "errors").first?.parameters["temperature"] == 1e-05)
    }

    @Test(
        "What cannot be found out is noted, and costs nobody the score",
        arguments: [("I cannot say.", "No.", "the judge's reply"), ("", nil, "nothing was said")]
            as [(String, String?, String)])
    func notAnalysed(reply: String, said: String?, reason: String) async throws {
        let judged = try await judge(episode(reward: 0, text: said), FixedBrain(reply))
        let found = judged.judgeOutput["tau_bench_errors"]
        #expect(found?["not_analysed"]?.stringValue?.hasPrefix(reason) == true)
        #expect(found?["fault_assignment"] == nil)
    }

    @Test func theSummaryHasTheOfficialShapeAndNeverDividesByNothing() async throws {
        let accumulator = Tau1ErrorSummary().makeAccumulator(seed: 1)
        #expect(try accumulator.finish() == nil)
        var some = accumulator
        for (trial, text) in ["No.", nil].enumerated() {
            let judged = try await judge(episode(reward: 0, text: text, trial: trial))
            some.add(EpisodeRecord(episode: judged, outcome: .scored, startedAt: 0, duration: 1))
        }
        let section = try #require(try some.finish())
        #expect(section["reviewed"] == 1)
        #expect(section["not_analysed"] == 1)
        #expect(section["authors"]?["agent"] == ["count": 1, "percent": 100.0])
        #expect(section["fault_type_analysis"]?[0]?["fault_type"] == "used_wrong_tool_argument")
        var none = accumulator
        none.add(
            EpisodeRecord(
                episode: try await judge(episode(reward: 0, text: nil)), outcome: .scored, startedAt: 0, duration: 1))
        #expect(try none.finish()?["fault_types"]?["other"] == ["count": 0, "percent": .null])
    }

    @Test func theKeysAreRegistered() throws {
        let registry = Registry(kits: [TauKit()])
        #expect(registry.roles.keys.contains("tau_bench_error_identification"))
        #expect(registry.summaryGenerators.keys.contains("tau_bench_error_summary"))
    }
}

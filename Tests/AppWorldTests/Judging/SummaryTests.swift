import Evaluation
import JSON
import Testing

@testable import AppWorld

@Suite("Goal completion")
struct SummaryTests {
    private func record(
        _ task: String, _ tgc: Double?, subset: String = "dev", difficulty: Int? = 1, trial: Int = 0,
        in pipeline: String = "t"
    ) -> EpisodeRecord {
        var sample = Sample(id: task)
        sample.metadata["appworld"] = ["task_id": .string(task), "subset": .string(subset)]
        var episode = Episode(id: EpisodeID(task: pipeline, sample: task, trial: trial), seed: 1, sample: sample)
        guard let tgc else {
            let error = EvaluationFailure.missingOutput.error("none")
            return EpisodeRecord(episode: episode, outcome: .errored(error), startedAt: 0, duration: 0)
        }
        var output: JSONObject = ["tgc": JSONValue(tgc), "sgc": JSONValue(tgc)]
        if let difficulty { output["difficulty"] = JSONValue(difficulty) }
        episode.verdicts = [Verdict(judge: "j", output: ["appworld": .object(output)])]
        return EpisodeRecord(episode: episode, outcome: .scored, startedAt: 0, duration: 0)
    }

    private func summary(_ records: [EpisodeRecord]) throws -> JSONObject {
        var accumulator = AppWorldSummary().makeAccumulator(seed: 1)
        for record in records { accumulator.add(record) }
        return try #require(try accumulator.finish())
    }

    @Test("A scenario is done when all of its tasks are")
    func scenarios() throws {
        let summary = try summary([
            record("a_1", 100), record("a_2", 100), record("a_3", 0),
            record("b_1", 100), record("b_2", 100), record("b_3", 100, subset: "train", difficulty: 3),
        ])
        let overall = summary["overall"]
        #expect(overall?["total"] == 6)
        #expect(overall?["official_tgc"] == 83.3)
        #expect(overall?["official_sgc"] == 50.0)
        #expect(overall?["tgc_mean"]?.doubleValue.map { ($0 * 1000).rounded() } == 83_333)
        #expect(overall?["coverage"] == 1.0)
        #expect(overall?["complete_scenarios"] == 2)
        #expect(summary["incomplete_scenarios"] == [])
        let ends = overall?["sgc_interval"]?.arrayValue ?? []
        let interval = ends.compactMap(\.doubleValue)
        #expect(interval.count == 2 && interval[0] < 50 && interval[1] > 50)
        #expect(summary["by_subset"]?["train"]?["official_tgc"] == 100.0)
        #expect(summary["by_difficulty"]?["3"]?["total"] == 1)
    }

    @Test("Two of three tasks are 66.7 % of tasks and no scenario, as the real evaluator says")
    func twoOfThree() throws {
        let overall = try summary([record("a_1", 100), record("a_2", 0), record("a_3", 100)])["overall"]
        #expect(overall?["official_tgc"] == 66.7)
        #expect(overall?["official_sgc"] == 0.0)
    }

    @Test("What was not evaluated is named, and is no zero")
    func incomplete() throws {
        let summary = try summary([
            record("a_1", 100), record("a_2", 100), record("a_3", nil), record("b_1", 100),
        ])
        let overall = summary["overall"]
        #expect(overall?["scored"] == 3)
        #expect(overall?["errored"] == 1)
        #expect(overall?["coverage"] == 0.75)
        #expect(overall?["official_tgc"] == 100.0)
        #expect(overall?["official_tgc_of_planned"] == 75.0)
        #expect(overall?["official_sgc"] == 100.0)
        #expect(overall?["official_sgc_of_planned"] == 50.0)
        #expect(overall?["official_sgc_complete"] == .null)
        #expect(summary["incomplete_scenarios"] == ["a", "b"])
        #expect(summary["failure_reason"]?["appworld.missing_eval_output"] == 1)
    }

    @Test("Trials and tasks of the configuration are scenarios of their own")
    func groups() throws {
        let records = (0..<2).flatMap { trial in
            (1...3).map { record("a_\($0)", trial == 0 ? 100 : 0, trial: trial) }
        }
        let overall = try summary(records + (1...3).map { record("a_\($0)", 100, in: "other") })["overall"]
        #expect(overall?["scenarios"] == 3)
        #expect(overall?["official_sgc"] == 66.7)
    }

    @Test("Episodes of other benchmarks make no section")
    func others() throws {
        var accumulator = AppWorldSummary().makeAccumulator(seed: 1)
        let episode = Episode(id: EpisodeID(task: "t", sample: "s", trial: 0), seed: 1, sample: Sample(id: "s"))
        accumulator.add(EpisodeRecord(episode: episode, outcome: .scored, startedAt: 0, duration: 0))
        #expect(try accumulator.finish() == nil)
    }

    @Test(
        "Scenarios are named without number and tag",
        arguments: [("82e2fac_1", "82e2fac"), ("82e2fac_1:tag", "82e2fac"), ("plain", "plain"), ("a_b_2", "a_b")])
    func names(task: String, scenario: String) {
        #expect(Scenario.of(task: task) == scenario)
    }
}

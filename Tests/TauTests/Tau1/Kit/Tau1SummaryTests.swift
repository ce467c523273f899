import Evaluation
import JSON
import Testing

@testable import Tau

@Suite("τ-bench summaries")
struct Tau1SummaryTests {
    private func record(
        _ task: Int, trial: Int, reward: Double?, env: String = "retail", end: String = "user_stop"
    ) -> EpisodeRecord {
        var sample = Sample(id: "\(env)_test_\(task)")
        sample.metadata["tau_bench"] = [
            "env": .string(env), "split": "test", "task_id": JSONValue(task), "agent_strategy": "act",
            "user_strategy": "llm", "prompt_source": "own",
        ]
        var episode = Episode(
            id: EpisodeID(task: "t", sample: sample.id, trial: trial), seed: 1, sample: sample)
        guard let reward else {
            let error = EvaluationError(.providerFailed, "x", cause: .provider)
            return EpisodeRecord(episode: episode, outcome: .errored(error), startedAt: 0, duration: 1)
        }
        let found: JSONValue = [
            "env": .string(env), "split": "test", "task_id": JSONValue(task), "reward": JSONValue(reward),
            "termination_reason": .string(end), "agent_cost": 0.5, "checks": ["actions_match": .bool(reward == 1)],
        ]
        episode.verdicts = [Verdict(judge: "j", output: ["tau_bench": found])]
        return EpisodeRecord(episode: episode, outcome: .scored, startedAt: 0, duration: 1)
    }

    private func summary(_ records: [EpisodeRecord]) throws -> JSONValue {
        var accumulator = Tau1Summary().makeAccumulator(seed: 1)
        for record in records { accumulator.add(record) }
        return try accumulator.finish().map { .object($0) } ?? .null
    }

    @Test("Rewards and pass^k are means with intervals over tasks")
    func figures() throws {
        let records = (0..<4).flatMap { task in
            (0..<2).map { record(task, trial: $0, reward: task < 2 ? 1 : task == 2 && $0 == 0 ? 1 : 0) }
        }
        let overall = try summary(records)["overall"] ?? .null
        #expect(overall["avg_reward"] == 0.625)
        #expect(overall["pass_hat_k"] == ["1": 0.625, "2": 0.5])
        #expect(overall["official"]?["average_reward"] == 0.625)
        #expect(overall["official"]?["pass_hat_k"] == ["1": 0.625, "2": 0.5])
        #expect(overall["tasks"] == 4)
        #expect(overall["avg_agent_cost"] == 0.5)
        #expect(overall["avg_user_cost"] == .null)
        #expect(overall["actions_match"] == 5)
        let interval = overall["pass_hat_intervals"]?["2"]?.arrayValue?.compactMap(\.doubleValue) ?? []
        #expect(interval.count == 2 && interval[0] < 0.5 && interval[1] > 0.5)
    }

    @Test("What could not be run is left out of the figures, and counted as failed in the official ones")
    func errors() throws {
        let section = try summary([
            record(0, trial: 0, reward: 1), record(0, trial: 1, reward: nil), record(1, trial: 0, reward: 1),
            record(1, trial: 1, reward: 1),
        ])
        let overall = section["overall"] ?? .null
        #expect(overall["avg_reward"] == 1.0)
        #expect(overall["errored"] == 1)
        #expect(overall["pass_hat_k"] == ["1": 1.0])
        #expect(overall["official"]?["average_reward"] == 0.75)
        #expect(overall["official"]?["pass_hat_k"] == ["1": 0.75, "2": 0.5])
        #expect(section["agent_strategy"] == "act")
        #expect(section["prompt_source"] == "own")
    }

    @Test("Tasks of the same number in two environments are two tasks; without any there is no section")
    func environments() throws {
        let section = try summary([
            record(0, trial: 0, reward: 1), record(0, trial: 0, reward: 0, env: "airline", end: "max_turns"),
        ])
        #expect(section["overall"]?["tasks"] == 2)
        #expect(section["by_env"]?["airline"]?["avg_reward"] == 0.0)
        #expect(section["by_env"]?["airline"]?["termination"] == ["max_turns": 1])
        #expect(try summary([]) == .null)
    }

    @Test("Explanations say how a dialogue ended and what was missing")
    func explanations() {
        #expect(Tau1Explanation.text(of: ["reward": 1.0]) == nil)
        let text = Tau1Explanation.text(of: [
            "reward": 0.0, "termination_reason": "agent_error", "error": "no 'name'",
            "checks": ["actions_match": true, "missing_outputs": ["10"]],
        ])
        #expect(text?.contains("agent_error") == true)
        #expect(text?.contains("no 'name'") == true)
        #expect(text?.contains("Not said: 10") == true)
        #expect(text?.contains("expected actions") == false)
    }
}

import Engine
import Evaluation
import FoundationEssentials
import GageConfiguration
import GageTesting
import JSON
import Sandboxes
import Storage
import Testing

@testable import AppWorld

/// Whole runs of scripted agents on the stand-in's containers.
@Suite("Runs on the stand-in", .enabled { await StandInRun.isPossible() }, .serialized, .timeLimit(.minutes(5)))
struct StandInRunTests {
    /// Four tasks done, one with damage, one out of turns: computed by hand.
    @Test("The demo's completion is what its agents earn")
    func demo() async throws {
        var setup = try StandInRun()
        setup.set = [
            "datasets.train.params.path": "\(setup.data.path)/train.jsonl",
            "datasets.dev.params.path": "\(setup.data.path)/dev.jsonl",
        ]
        let run = try setup.run(try setup.plan("demo.yaml"))
        let result = try await run.run()
        #expect(result.outcomes.scored == 6)
        let records = try run.records()
        let done = records.filter { $0.judgeOutput["appworld"]?["tgc"] == 100.0 }.map(\.id.sample).sorted()
        #expect(done == ["5a1d0c1_1", "5a1d0c1_2", "5a1d0c1_3", "7be20d4_1"])
        let endings = Dictionary(uniqueKeysWithValues: records.map { ($0.id.sample, $0.trajectory.termination) })
        #expect(endings["7be20d4_3"] == .maxTurns)
        #expect(endings["7be20d4_1"] == .finalAnswer)
        let summary = try summary(of: run)
        #expect(summary?["overall"]?["official_tgc"] == 66.7)
        #expect(summary?["overall"]?["official_sgc"] == 50.0)
        #expect(summary?["by_subset"]?["train"]?["official_tgc"] == 100.0)
        #expect(summary?["by_subset"]?["dev"]?["official_tgc"] == 33.3)
        #expect(summary?["by_subset"]?["dev"]?["official_sgc"] == 0.0)
        #expect(summary?["by_difficulty"]?["1"]?["total"] == 3)
        let damage = records.first { $0.id.sample == "7be20d4_2" }?.judgeOutput["appworld"]
        #expect((damage?["tests"]?["fails"]?.arrayValue?.count ?? 0) > 0)
        #expect(contents(of: run.path).keys.contains { $0.hasPrefix("appworld_artifacts/7be20d4_1/dbs/") })
        let first = try #require(records.first { $0.id.sample == "5a1d0c1_1" })
        #expect(first.prediction?.answer == "The Copper Kettle")
        #expect(first.trajectory.entries[0].message.text?.contains("You work for Dana Petrov") ?? false)
        // What the test of test splits looks for would be found, were it there.
        let journal = contents(of: run.path).filter { $0.key.hasPrefix("run.sqlite") }.values.joined()
        #expect(String(decoding: Array(journal), as: UTF8.self).contains("The Copper Kettle"))
        #expect(try await leftovers(of: "test").isEmpty)
    }

    @Test("Four containers run side by side, on ports of their own")
    func sideBySide() async throws {
        var setup = try StandInRun()
        setup.set = [
            "datasets.train.params.path": "\(setup.data.path)/all.jsonl",
            "datasets.dev.params.path": "\(setup.data.path)/dev.jsonl", "tasks.appworld_train.concurrency": "4",
            "tasks.appworld_dev.max_samples": "0",
        ]
        let run = try setup.run(try setup.plan("demo.yaml"), playing: try StandInRun.agents("gold"))
        let result = try await run.run()
        #expect(result.outcomes.scored == 12)
        let summary = try summary(of: run)
        #expect(summary?["overall"]?["official_sgc"] == 100.0)
        var alive = 0
        var most = 0
        for line in try text("events.jsonl", of: run).split(separator: "\n") {
            let event = try JSONValue.parse(String(line))["event"]?.stringValue
            if event == "sandbox_started" { alive += 1 }
            if event == "sandbox_stopped" { alive -= 1 }
            most = max(most, alive)
        }
        #expect(most == 4)
        #expect(alive == 0)
    }

    @Test("Nothing of a test split's answers is in any file of the run, whatever becomes of its episodes")
    func testSplits() async throws {
        var setup = try StandInRun()
        setup.set = [
            "datasets.train.params.path": "\(setup.data.path)/test_normal.jsonl",
            "datasets.dev.params.path": "\(setup.data.path)/test_challenge.jsonl",
        ]
        let agents = try StandInRun.agents(
            "gold", ["c3f40e9_2": "wrong_answer", "c3f40e9_3": "collateral", "d90a1b6_2": "noop"])
        let run = try setup.run(try setup.plan("demo.yaml"), playing: agents)
        let result = try await run.run()
        let outcomes = try run.records().map { "\($0.id.sample): \($0.outcome)" }
        #expect(result.outcomes.scored == 6, "\(outcomes)")
        let kept = contents(of: run.path)
        // What the agents did and the evaluation said: arguments of calls, tests, differences.
        let instructions = Set(try StandInRun.tasks().compactMap { $0["instruction"]?.stringValue })
        let hidden = try hiddenTexts().filter { text in !instructions.contains { $0.contains(text) } }
        #expect(hidden.count > 20)
        for (name, bytes) in kept {
            let text = String(decoding: bytes, as: UTF8.self)
            for secret in hidden where text.contains(secret) { Issue.record("\(name) has '\(secret)'") }
        }
        #expect(!kept.keys.contains { $0.contains("/dbs/") || $0.contains("/evaluation/") || $0.contains("/logs/") })
        #expect(kept.keys.contains("appworld_artifacts/c3f40e9_1/verdict.json"))
        for record in try run.records() {
            #expect(record.prediction?.answer == nil)
            #expect(record.sample["metadata"]?["appworld"]?["ground_truth_mode"] == "minimal")
        }
        let summary = try summary(of: run)
        #expect(summary?["overall"]?["official_tgc"] == 50.0)
        #expect(summary?["overall"]?["official_sgc"] == 0.0)
    }

    /// What nobody may read about the tasks of test splits: answers, requirements, and every text of the gold calls.
    private func hiddenTexts() throws -> Set<String> {
        var hidden: Set<String> = []
        for task in try StandInRun.tasks() where DataSplit.isTest(task["subset"]?.stringValue) {
            for test in task["tests"]?.arrayValue ?? [] {
                if let text = test["requirement"]?.stringValue { hidden.insert(text) }
            }
            if let answer = task["answer"]?.stringValue { hidden.insert(answer) }
        }
        let path = "\(AppWorldReference.root)/docker/appworld-stand-in/agents.json"
        let agents = try JSONValue.parse(bytes: [UInt8](FileManager.default.contents(atPath: path) ?? Data()))
        for (task, steps) in agents["agents"]?["gold"]?.objectValue ?? [:]
        where task.hasPrefix("c3f40e9") || task.hasPrefix("d90a1b6") {
            for call in (steps.arrayValue ?? []).flatMap({ $0.arrayValue ?? [] }) {
                for (_, value) in call["arguments"]?.objectValue ?? [:] {
                    if let text = value.stringValue, text.count > 6 { hidden.insert(text) }
                }
            }
        }
        return hidden
    }

    @Test("An agent of programs works in the stand-in's interpreter")
    func programs() async throws {
        var setup = try StandInRun()
        setup.set = [
            "datasets.appworld.params.path": "\(setup.data.path)/train.jsonl",
            "datasets.appworld.params.preprocess_kwargs.subset": "train",
            "sandbox_profiles.appworld.image": StandInRun.image, "sandbox_profiles.appworld.resources.memory": "512m",
        ]
        let run = try setup.run(try setup.plan("code_agent.yaml"), playing: try StandInRun.agents("gold"))
        #expect(try await run.run().outcomes.scored == 3)
        for record in try run.records() {
            #expect(record.judgeOutput["appworld"]?["tgc"] == 100.0, "\(record.judgeOutput)")
            #expect(record.trajectory.termination == .finalAnswer)
            #expect(record.trajectory.entries.contains { $0.message.toolCalls.first?.name == "execute" })
        }
    }

    @Test("A container that dies under an agent is no zero: the task is attempted again in a fresh one")
    func death() async throws {
        var setup = try StandInRun()
        setup.set = [
            "datasets.train.params.path": "\(setup.data.path)/train.jsonl",
            "datasets.dev.params.path": "\(setup.data.path)/dev.jsonl",
            "sandbox_profiles.appworld.runtime_configs.env":
                "{STAND_IN_CRASH_AFTER_CALLS: 3, STAND_IN_FAULT_TASK: 5a1d0c1_2}",
            "tasks.appworld_train.max_retries": "1", "tasks.appworld_dev.max_samples": "0",
        ]
        let run = try setup.run(try setup.plan("demo.yaml"), playing: try StandInRun.agents("gold"))
        let result = try await run.run()
        #expect(result.outcomes.scored == 2)
        #expect(result.outcomes.errored.values.reduce(0, +) == 1)
        let record = try #require(try run.records().first { $0.id.sample == "5a1d0c1_2" })
        guard case .errored(let error) = record.outcome else {
            Issue.record("it was \(record.outcome)")
            return
        }
        #expect(error.cause == .sandbox)
        #expect(record.failedAttempts.count == 1)
        let summary = try summary(of: run)
        #expect(summary?["overall"]?["official_tgc"] == 100.0)
        #expect(summary?["incomplete_scenarios"]?.arrayValue?.contains("5a1d0c1") ?? false)
    }

    @Test("The guide's own configurations run as they are", .enabled(if: GuideFiles.areThere))
    func guide() async throws {
        var setup = try StandInRun()
        setup.set = [
            "datasets.appworld_dev.params.path": "\(setup.data.path)/dev.jsonl",
            "sandbox_profiles.appworld_local.image": StandInRun.image, "tasks.appworld_dev_eval.concurrency": "3",
        ]
        let agents = try StandInRun.agents("gold", ["7be20d4_2": "collateral"])
        let plan = try setup.plan("\(GuideFiles.folder)/appworld_official_jsonl.yaml")
        let run = try setup.run(plan, playing: agents)
        #expect(try await run.run().outcomes.scored == 3)
        let summary = try summary(of: run)
        #expect(summary?["overall"]?["official_tgc"] == 66.7)
        #expect(summary?["overall"]?["official_sgc"] == 0.0)
    }

    @Test("The guide's demo runs as it is, without a judge", .enabled(if: GuideFiles.areThere))
    func guideDemo() async throws {
        var setup = try StandInRun()
        let lines = ["5a1d0c1_1", "7be20d4_1"].map { task -> JSONValue in
            let text: JSONValue = ["type": "text", "text": "Complete the task."]
            return [
                "schema_version": "gage.v1", "id": .string(task), "task_type": "agent",
                "messages": [["role": "user", "content": [text]]], "tools": [], "tool_choice": "auto",
                "sandbox": ["sandbox_id": "appworld_local"],
                "metadata": ["appworld": ["task_id": .string(task), "ground_truth_mode": "auto"]],
            ]
        }
        let path = "\(setup.data.path)/demo.jsonl"
        try Data(lines.map { $0.text() }.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: path))
        setup.set = [
            "datasets.appworld_demo.params.path": path, "sandbox_profiles.appworld_local.image": StandInRun.image,
        ]
        let plan = try setup.plan("\(GuideFiles.folder)/appworld_agent_demo.yaml")
        let run = try setup.run(plan, playing: try StandInRun.agents("gold"))
        let result = try await run.run()
        let records = try run.records()
        #expect(result.outcomes.scored == 2, "\(records.map(\.outcome))")
        for record in records { #expect(record.trajectory.termination == .finalAnswer) }
    }

    private func text(_ name: String, of run: TemporaryRun) throws -> String {
        guard let data = FileManager.default.contents(atPath: "\(run.path)/\(name)") else {
            throw CocoaError(.fileReadNoSuchFile)
        }
        return String(decoding: data, as: UTF8.self)
    }

    private func summary(of run: TemporaryRun) throws -> JSONObject? {
        var accumulator = AppWorldSummary().makeAccumulator(seed: 1)
        for record in try run.records() { accumulator.add(record) }
        return try accumulator.finish()
    }

    private func leftovers(of run: String) async throws -> [String] {
        let client = try await DockerClient.connect(environment: StandInRun.environment)
        return try await client.listContainers(labels: ["gage.run=\(run)"]).map(\.id)
    }
}

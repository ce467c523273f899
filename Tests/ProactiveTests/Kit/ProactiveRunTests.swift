import Engine
import Evaluation
import Foundation
import GageConfiguration
import GageTesting
import JSON
import Models
import Sandboxes
import Storage
import Testing

@testable import Proactive

@Suite struct ProactiveRunTests {
    private static let registry = Registry(kits: [BuiltinKit(), SandboxesKit(), ProactiveKit(), NamedModelKit()])

    private func load(
        _ scratch: Scratch, _ change: (String) -> String = { $0 }
    ) throws -> LoadResult {
        let shipped = try String(contentsOfFile: "\(projectRoot)/config/proactive/pipeline.yaml", encoding: .utf8)
        let text = change(shipped.replacingOccurrences(of: "persona: all", with: "persona: all\n      n_states: 2"))
        let path = try scratch.write(text, to: "pipeline.yaml")
        let loader = ConfigurationLoader(registry: Self.registry, environment: [:], baseDirectory: projectRoot)
        let loaded = loader.load(path: path)
        try #require(loaded.plan != nil, "\(loaded.diagnostics.all)")
        return loaded
    }

    private func run(_ loaded: LoadResult) async throws -> TemporaryRun {
        let run = try TemporaryRun(try #require(loaded.plan))
        let result = try await run.run()
        #expect(result.outcomes.errored.isEmpty)
        return run
    }

    private func summary(_ run: TemporaryRun) async throws -> SummaryResult {
        let generator = try #require(run.plan.summaryGenerators.first).generator
        var accumulator = generator.makeAccumulator(seed: 1)
        for record in try run.records() { accumulator.add(record) }
        return try await accumulator.result()
    }

    @Test func theReportSaysWhatWasComparedInPlainSentences() throws {
        let generators = try #require(try load(try Scratch()).plan).summaryGenerators
        let statement = try #require(generators.first?.generator.fidelity?.statement)
        #expect(statement.hasSuffix(".") && !statement.contains("  ") && !statement.contains("\n"))
    }

    @Test func aRunGivesWhatTheCommandsGive() async throws {
        let scratch = try Scratch()
        let run = try await run(try load(scratch))
        let records = try run.records()
        #expect(records.count == 6)
        #expect(Set(records.map(\.id.sample)).contains("rank-scores--Busy-Developer"))
        var generator = TrajectoryGenerator.testing(DummyAssistant(.oracle), rule: .expected, seed: 7)
        generator.prompts = try ActionPrompts(
            directory: "\(projectRoot)/config/proactive/prompts", domains: [.coding])
        for record in records {
            let (state, persona) = try ProactiveSample.read(record.sample["metadata"], gold: record.sample["gold"])
            let lines = try ProactiveLines.read(record.prediction, state: state)
            #expect(try await generator.trajectories(for: state, as: persona) == lines)
        }
    }

    @Test func goldDataAreNotInWhatTheAssistantOrItsLogSees() async throws {
        let scratch = try Scratch()
        let run = try await run(try load(scratch))
        for record in try run.records() {
            let seen = record.sample["metadata"]?.text() ?? ""
            #expect(!seen.contains("assert ") && !seen.contains("solution"))
            #expect(record.prediction?.json.text().contains("naive_solution") == false)
        }
    }

    @Test func theSummaryTakesRewardsApartTrainsAndLeavesFiles() async throws {
        let scratch = try Scratch()
        let result = try await summary(try await run(try load(scratch)))
        let section = try #require(result.section)
        #expect(section["coverage"] == ["planned": 6, "scored": 6, "errored": 0])
        #expect(section["trajectories"] == 18)
        #expect(section["by_persona"]?.objectValue?.keys.count == 3)
        let busy = try #require(section["by_persona"]?["Busy-Developer"])
        #expect(busy["Execute"]?["task_success_rate"]?["value"]?.doubleValue == 0)
        #expect(busy["Clarify"]?["questions"]?["value"]?.doubleValue ?? 0 > 0)
        #expect(section["by_task_uncertainty"]?.arrayValue?.count == 1)
        #expect(section["pairs"]?["decision_points"] == 6)
        #expect(section["policy"]?["trained"] == true)
        #expect(section["policy"]?["evaluation"]?["baselines"]?.objectValue?.keys.contains("always_clarify") == true)
        let names = Set(result.files.keys.map { $0.replacingOccurrences(of: "proactive_artifacts/", with: "") })
        #expect(
            names.isSuperset(of: [
                "trajectories.jsonl", "prefs.jsonl", "policy/policy.json", "policy/training_curve.svg",
                "evaluation.json", "pareto.json", "pareto.csv", "pareto.svg",
            ]))
        #expect(try await summary(try await run(try load(scratch))).files == result.files)
    }

    @Test func otherWeightsAreAMatterOfScoringAgain() async throws {
        let scratch = try Scratch()
        let first = try await run(try load(scratch))
        let costs = try await summary(first).section?["by_action"]?["Clarify"]?["interrupt_cost"]?["value"]?.doubleValue
        #expect(costs ?? 0 > 0)
        var again = first
        again.plan = try #require(
            try load(scratch) { $0.replacingOccurrences(of: "alpha: 0.6", with: "alpha: 0") }.plan)
        let before = try first.records().map(\.prediction)
        _ = try await again.rescore()
        #expect(try again.records().map(\.prediction) == before)
        let free = try await summary(again).section?["by_action"]?["Clarify"]?["interrupt_cost"]?["value"]?.doubleValue
        #expect(free == 0)
    }

    @Test func dialoguesRunTheirTestsInTheSandboxToo() async throws {
        let scratch = try Scratch()
        let loaded = try load(scratch) {
            $0.replacingOccurrences(
                of: "branches: 2", with: "multi_turn: true\n        branch_each_turn: true"
            ).replacingOccurrences(
                of: "  - adapter_id: assistant\n    role_type: dut_agent\n",
                with: "  - adapter_id: assistant\n    role_type: dut_agent\n    sandbox: {sandbox_id: python_tests}\n"
            )
        }
        let run = try await run(loaded)
        let record = try #require(try run.records().first { $0.id.sample == "rank-scores--Novice-Learner" })
        let (state, _) = try ProactiveSample.read(record.sample["metadata"], gold: record.sample["gold"])
        let lines = try ProactiveLines.read(record.prediction, state: state)
        #expect(lines.last?.turn == 5)
        #expect(record.verdicts.count == 2)
    }

    @Test func aModelsCostsAreInTheTrajectory() async throws {
        let scratch = try Scratch()
        let loaded = try load(scratch) {
            $0.replacingOccurrences(
                of: "sandbox_profiles:",
                with: """
                    backends:
                      - backend_id: model
                        type: named
                    sandbox_profiles:
                    """
            ).replacingOccurrences(
                of: "  - adapter_id: assistant\n    role_type: dut_agent\n",
                with: "  - adapter_id: assistant\n    role_type: dut_agent\n    backend_id: model\n")
        }
        let model = RecordingModel { $0.messages[0].text?.contains("ask") == true ? "Which?" : "def f(): pass" }
        var run = try TemporaryRun(try #require(loaded.plan), models: ["model": model])
        run.options.runID = "models"
        let result = try await run.run()
        #expect(result.outcomes.scored == 6)
        #expect(model.requests.count > 18)
    }
}

/// Lets configurations name a backend whose model the run brings along.
private struct NamedModelKit: Kit, ChatModelFactory {
    let name = "named"

    func register(in registry: inout Registry) {
        registry.backends.register(Registration("named", summary: "The run's own model.") { NamedModelKit() })
    }

    func makeModel(for backend: BackendIdentity) throws -> any ChatModel { RecordingModel { _ in "" } }
}

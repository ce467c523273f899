import Evaluation
import JSON
import Models
import Testing

@testable import Tau

@Suite("τ-bench components")
struct Tau1KitTests {
    private let registry = Registry(kits: [TauKit()])

    private func node(_ block: JSONObject) -> ConfigNode {
        ConfigNode(json: .object(block), location: SourceLocation(file: "test", line: 1, column: 1), path: "params")
    }

    @Test("Every agreed key is there")
    func keys() {
        #expect(registry.datasetLoaders["tau_bench_tasks"] != nil)
        #expect(registry.preprocessors["tau_bench_preprocessor"] != nil)
        #expect(registry.roles["tau_bench_bootstrap"]?.roles == [.contextProvider])
        #expect(registry.roles["tau_bench_eval"]?.roles == [.judgeExtend])
        #expect(registry.sandboxRuntimes["tau_bench"] != nil)
        #expect(registry.aggregations["tau_bench_pass_hat"] != nil)
        #expect(registry.summaryGenerators["tau_bench_summary"] != nil)
        for name in ["reward", "pass", "pass_hat_k", "agent_cost", "user_cost"] {
            #expect(registry.metrics["tau_bench_\(name)"] != nil)
        }
    }

    @Test("The official command's defaults hold, and its names are known")
    func settings() throws {
        var diagnostics = Diagnostics()
        let settings = try #require(
            Tau1Settings.decode(node(["user_model": "gpt-4o", "user_model_provider": "azure"]), into: &diagnostics))
        #expect(!diagnostics.hasErrors)
        #expect(settings.agentStrategy == .toolCalling)
        #expect(settings.userStrategy == .llm)
        #expect(settings.maxTurns == 30)
        #expect(settings.displayCount == 5)
        #expect(settings.userModelName == "azure/gpt-4o")
        for strategy in ["tool-calling", "act", "react", "few-shot"] {
            #expect(Tau1AgentStrategy(rawValue: strategy) != nil)
        }
        for strategy in ["llm", "react", "verify", "reflection", "human"] {
            #expect(Tau1UserStrategy(rawValue: strategy) != nil)
        }
    }

    @Test(
        "Settings that cannot work are refused",
        arguments: [
            ["max_num_step": 3], ["max_num_steps": 0], ["user_model": "a", "user_backend_id": "b"],
            ["agent_strategy": "react-agent"], ["user_strategy": "llm2"], ["user_model_provider": "openai"],
            ["user_variant": "angr"],
        ] as [JSONObject])
    func badSettings(block: JSONObject) {
        var diagnostics = Diagnostics()
        _ = Tau1Settings.decode(node(block), into: &diagnostics)
        #expect(diagnostics.hasErrors)
    }

    private func tasks(_ parameters: JSONObject, in root: String) async throws -> [Int] {
        let loader = try EpisodeHarness.make(
            registry.datasetLoaders["tau_bench_tasks"], parameters.merging(["data_dir": .string(root)]))
        let dataset = try await loader.open(
            in: DatasetContext(datasetID: "d", baseDirectory: "/", seed: 1, environment: [:]))
        var ids: [Int] = []
        for try await record in dataset.records { ids.append(record.fields["_tau_bench"]?["task_id"]?.intValue ?? -1) }
        return ids
    }

    @Test("Tasks are chosen as officially")
    func selection() async throws {
        let data = try OwnTau1Data()
        #expect(try await tasks(["env": "retail"], in: data.root) == [0, 1])
        #expect(try await tasks(["env": "retail", "split": "dev"], in: data.root) == [0])
        #expect(try await tasks(["env": "retail", "start_index": 1], in: data.root) == [1])
        #expect(try await tasks(["env": "retail", "end_index": 1], in: data.root) == [0])
        #expect(try await tasks(["env": "retail", "end_index": 99], in: data.root) == [0, 1])
        #expect(try await tasks(["env": "retail", "task_ids": [1, 0], "end_index": 1], in: data.root) == [1, 0])
        #expect(try await tasks(["env": "retail", "task_ids": [-1]], in: data.root) == [1])
    }

    @Test(
        "A selection that means nothing is refused",
        arguments: [
            ["env": "retial"], ["env": "airline", "split": "train"], ["env": "retail", "task_ids": [2]],
            ["env": "retail", "task_ids": [-3]], ["env": "retail", "task_ids": [0, -2]],
            ["env": "retail", "task_ids": ["x"]], ["env": "retail", "start_index": 2],
        ] as [JSONObject])
    func badSelection(parameters: JSONObject) async throws {
        let data = try OwnTau1Data()
        let root = data.root
        let error = await #expect(throws: EvaluationError.self) { _ = try await tasks(parameters, in: root) }
        #expect(error?.cause == .configuration)
        #expect(error?.advice?.isEmpty == false)
    }

    @Test("The order of tasks and the draws of examples are those of the official generator")
    func officialStream() {
        let shuffled = Tau1OfficialStream(seed: 10, splitCount: 115, taskCount: 5, shuffles: true)
        #expect(shuffled.order(ofTrial: 0) == [2, 4, 1, 3, 0])
        #expect(shuffled.order(ofTrial: 1) == [2, 1, 0, 3, 4])
        let plain = Tau1OfficialStream(seed: 10, splitCount: 115, taskCount: 3)
        #expect(plain.order(ofTrial: 4) == [0, 1, 2])
        let draws = (0..<3).map { plain.displays(5, of: 69, position: $0, trial: 0) }
        #expect(Set(draws).count == 3)
        #expect(draws.allSatisfy { Set($0).count == 5 })
        #expect(plain.displays(5, of: 69, position: 0, trial: 1) != draws[0])
    }
}

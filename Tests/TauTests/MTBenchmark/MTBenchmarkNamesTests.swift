import Testing

@testable import Tau

@Suite struct MTBenchmarkNamesTests {
    @Test(arguments: [
        ("gpt-4o", "gpt-4o"), ("openai/gpt-4o", "openai-gpt-4o"), ("hosted_vllm/my_model", "hosted_vllm-my_model"),
        ("qwen3:32b", "qwen3-32b"), ("../../etc/passwd", "-.-..-etc-passwd"), ("a b\nc", "a-b-c"), ("ü", "--"),
        (".hidden", "-hidden"), ("", "model"),
    ])
    func everyModelsNameMakesAFilesName(model: String, name: String) {
        let made = MTBenchmarkNames.file(ofModel: model)
        #expect(made == name)
        #expect(!made.hasPrefix(".") && !made.contains("/"))
    }

    @Test func longNamesStayApart() {
        let long = String(repeating: "a", count: 300)
        let names = [MTBenchmarkNames.file(ofModel: long), MTBenchmarkNames.file(ofModel: long + "b")]
        #expect(names[0] != names[1])
        #expect(names.allSatisfy { $0.utf8.count == 100 })
    }

    @Test func theFirstAttemptHasTheDocumentedName() {
        let name = { MTBenchmarkNames.trajectory(model: "openai/gpt-4o", task: "7", trial: $0) }
        #expect(name(0) == "openai-gpt-4o_task7_trajectory.jsonl")
        #expect(name(2) == "openai-gpt-4o_task7_trial2_trajectory.jsonl")
        #expect(MTBenchmarkNames.scores(model: "gpt-4o") == "gpt-4o_scores.jsonl")
    }

    @Test func directoriesBeginWithTheDataSetAndEndWithTheTime() {
        let name = { MTBenchmarkNames.directory(dataset: "tau_bench", startedAt: 1_700_000_000.9, number: $0) }
        #expect(name(1) == "tau_bench_20231114_221320")
        #expect(name(3) == "tau_bench_20231114_221320_3")
    }
}

import JSON
import Processes
import Testing

/// The shipped τ-bench configurations on the official data, which are not part of the project.
@Suite(
    "The official τ-bench tasks, through the binary",
    .enabled(if: Serving.official != nil, "no reference data: set GAGE_REFERENCE to run these"))
struct OfficialTauBenchTests {
    private func run(
        _ configuration: String, at models: String, in directory: String, _ more: [String: String] = [:]
    ) async throws -> ProcessResult {
        let arguments = [
            "run", "--config", "config/tau-bench/\(configuration).yaml", "--run-id", "r", "--output-dir", directory,
            "-q",
        ]
        let environment = ["TAU_BENCH_DATA_DIR": Serving.official ?? "", "TAU_BENCH_OPENAI_BASE_URL": models]
        return try await Processes.run(
            GageBinary.command(arguments, environment: environment.merging(more) { $1 }))
    }

    @Test(arguments: [("retail", 115), ("airline", 50)])
    func goldPlaysEveryTaskToFullMarks(configuration: String, tasks: Int) async throws {
        let directory = try TemporaryDirectory()
        let result = try await Serving.withModels { try await run(configuration, at: $0, in: directory.path) }
        #expect(result.code == 0, "\(result.complaint)")
        let summary = try directory.json("r/summary.json")
        #expect(summary.at("outcomes.scored")?.intValue == tasks)
        #expect(summary.at("tau_bench_summary.overall.avg_reward")?.doubleValue == 1)
        let export = try await GageBinary.run("tau-bench", "export", "\(directory.path)/r", "--format", "results")
        #expect(export.code == 0, "\(export.complaint)")
        let results = try JSONValue.parse(export.output).arrayValue ?? []
        #expect(results.map { $0["task_id"]?.intValue } == Array(0..<tasks))
        #expect(results.allSatisfy { $0["traj"]?[0]?["role"] == "system" && $0["reward"]?.doubleValue == 1 })
    }

    @Test func strategiesAndTrialsComeFromTheEnvironment() async throws {
        let directory = try TemporaryDirectory()
        let wishes = [
            "TAU_BENCH_AGENT_STRATEGY": "few-shot", "TAU_BENCH_USER_STRATEGY": "reflection",
            "TAU_BENCH_END_INDEX": "3", "TAU_BENCH_NUM_TRIALS": "2", "TAU_BENCH_SPLIT": "dev",
        ]
        let result = try await Serving.withModels { try await run("retail", at: $0, in: directory.path, wishes) }
        #expect(result.code == 0, "\(result.complaint)")
        let section = try directory.json("r/summary.json").at("tau_bench_summary") ?? .null
        #expect(section["agent_strategy"] == "few-shot")
        #expect(section["user_strategy"] == "reflection")
        #expect(section.at("overall.pass_hat_k.2")?.doubleValue == 1)
        #expect(section.at("overall.planned") == 6)
    }

    @Test func aPersonNeedsATerminal() async throws {
        let directory = try TemporaryDirectory()
        let text = try await GageBinary.text(of: "config/tau-bench/airline.yaml")
            .replacing("${TAU_BENCH_USER_STRATEGY:-llm}", with: "human")
        try directory.write(text, to: "human.yaml")
        let command = GageBinary.command(
            ["run", "--config", "\(directory.path)/human.yaml", "--output-dir", directory.path, "-q"],
            environment: [
                "TAU_BENCH_DATA_DIR": Serving.official ?? "", "TAU_BENCH_OPENAI_BASE_URL": "http://127.0.0.1:1/v1",
            ])
        // In a session of its own a process has no terminal.
        var alone = ProcessCommand("setsid", ["--wait", command.executable] + command.arguments)
        alone.environment = command.environment
        alone.workingDirectory = command.workingDirectory
        let result = try await Processes.run(alone)
        #expect(result.code != 0)
        #expect(result.complaint.contains("needs a terminal"))
    }
}

import JSON
import Processes
import Testing

@Suite(
    "Official result files, through the binary",
    .enabled(if: GageBinary.reference != nil, "no reference data: set GAGE_REFERENCE to run these"))
struct Tau2CommandTests {
    /// A run of a few mock tasks and its official file.
    private func exported(in directory: borrowing TemporaryDirectory) async throws -> JSONValue {
        let path = directory.path
        let result = try await Tau2Serving.withMockServer("tau2-mixed") {
            try await Tau2Serving.run(
                "mock_base", id: "run", at: $0, in: path,
                ["--set", "datasets[0].params.num_trials=3", "--set", "datasets[0].params.num_tasks=1"])
        }
        #expect(result.code == 0, "\(result.complaint)")
        let export = try await GageBinary.run("tau2", "export", "\(path)/run", "--output", "\(path)/out.json")
        #expect(export.code == 0, "\(export.complaint)")
        return try directory.json("out.json")
    }

    private func evaluate(_ arguments: [String]) async throws -> ProcessResult {
        try await Processes.run(
            GageBinary.command(
                ["tau2", "evaluate-trajs"] + arguments, environment: ["TAU2_DATA_DIR": try Tau2Serving.data]))
    }

    @Test func anotherRewardIsNamedAndAGateFails() async throws {
        let directory = try TemporaryDirectory()
        var file = try await exported(in: directory)
        var runs = try #require(file["simulations"]?.arrayValue)
        #expect(runs.count == 3)
        let honest = try #require(runs[1].at("reward_info.reward")?.doubleValue)
        runs[1]["reward_info"]?["reward"] = JSONValue(1 - honest)
        runs[1]["reward_info"]?["reward_breakdown"]?["DB"] = JSONValue(1 - honest)
        file["simulations"] = .array(runs)
        try directory.write(file.text(), to: "changed.json")
        let path = "\(directory.path)/changed.json"
        let plain = try await evaluate([path])
        #expect(plain.code == 0, "\(plain.complaint)")
        #expect(plain.output.contains("1 with another reward"), "\(plain.output)")
        let gate = try await evaluate([path, "--expect-same", "--json"])
        #expect(gate.code == 4)
        let report = try #require(try JSONValue.parse(gate.output)["files"]?.arrayValue?.first)
        #expect(report["changed"] == 1)
        let run = try #require(report["simulations"]?.arrayValue?[1])
        #expect(run["old_reward"]?.doubleValue == 1 - honest)
        #expect(run["new_reward"]?.doubleValue == honest)
        #expect(run["differences"]?.arrayValue?.first == .string("DB \(Int(1 - honest)) → \(Int(honest))"))
    }

    @Test func filesDirectoriesAndPatternsAreTakenAndNewFilesWritten() async throws {
        let directory = try TemporaryDirectory()
        _ = try await exported(in: directory)
        let path = directory.path
        let layout = try await GageBinary.run(
            "tau2", "export", "\(path)/run", "--output", "\(path)/simulations/first", "--layout", "dir")
        #expect(layout.code == 0, "\(layout.complaint)")
        for argument in ["\(path)/out.json", "\(path)/simulations", "\(path)/simulations/first", "\(path)/o*.json"] {
            let result = try await evaluate([argument, "--expect-same", "--output", "\(path)/new", "--json"])
            #expect(result.code == 0, "\(argument): \(result.complaint)\(result.output)")
            #expect(try JSONValue.parse(result.output)["files"]?.arrayValue?.count == 1)
        }
        let updated = try directory.json("new/updated_out.json")
        #expect(updated["simulations"]?.arrayValue?.count == 3)
        #expect(updated["simulations"] == (try directory.json("out.json"))["simulations"])
        #expect(throws: Never.self) { try directory.json("new/updated_results.json") }
    }

    @Test func whatCannotBeGradedIsNamed() async throws {
        let directory = try TemporaryDirectory()
        var file = try await exported(in: directory)
        file["info"]?["environment_info"]?["domain_name"] = "banking_knowledge"
        try directory.write(file.text(), to: "stranger.json")
        try directory.write("[1, 2]", to: "nonsense.json")
        let result = try await evaluate(["\(directory.path)/nonsense.json", "\(directory.path)/stranger.json"])
        #expect(result.code == 3)
        #expect(result.output.contains("results need an 'info'"), "\(result.output)")
        #expect(result.output.contains("'banking_knowledge' is no tau2 domain"), "\(result.output)")
        let expecting = try await evaluate(["\(directory.path)/nonsense.json", "--expect-same"])
        #expect(expecting.code == 3)
        let nothing = try await evaluate(["\(directory.path)/nowhere.json"])
        #expect(nothing.code == 2)
        #expect(nothing.complaint.contains("nowhere.json"))
    }

    @Test func aRunWithoutSuchEpisodesAndAnUnknownTypeAreRefused() async throws {
        let directory = try TemporaryDirectory()
        _ = try await exported(in: directory)
        let other = try await GageBinary.run("tau2", "export", "\(directory.path)/run", "--domain", "retail")
        #expect(other.code == 2)
        #expect(other.complaint.contains("no tau2 episode of domain 'retail'"), "\(other.complaint)")
        let type = try await evaluate(["\(directory.path)/out.json", "--evaluation-type", "al"])
        #expect(type.code == 2)
        #expect(type.complaint.contains("'all'"), "\(type.complaint)")
    }

    @Test func aCostWithoutPricesIsUnknownAndNoZero() async throws {
        let directory = try TemporaryDirectory()
        let result = try await Tau2Serving.withMockServer("tau2-gold") {
            try await Tau2Serving.run("mock_base", id: "run", at: $0, in: directory.path, ["--max-samples", "1"])
        }
        #expect(result.code == 0, "\(result.complaint)")
        let summary = try directory.json("run/summary.json")
        #expect(summary.at("cost.total_usd") == .null)
        #expect(summary.at("cost.calls_without_price") == summary.at("usage.model_calls"))
    }

    @Test func dataThatAreBrokenAreNoFaultOfTheProgram() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("{", to: "cut.json")
        let result = try await GageBinary.run("tau2", "import", "\(directory.path)/cut.json")
        #expect(result.code == 2)
        #expect(result.complaint.contains("cut.json is not JSON"), "\(result.complaint)")
    }

    @Test func anImportedRunCanBeScoredAgain() async throws {
        let directory = try TemporaryDirectory()
        _ = try await exported(in: directory)
        let arguments = [
            "tau2", "import", "\(directory.path)/out.json", "--run-id", "in", "--output-dir", directory.path,
        ]
        let command = GageBinary.command(arguments, environment: ["TAU2_DATA_DIR": try Tau2Serving.data])
        let first = try await Processes.run(command)
        #expect(first.code == 0, "\(first.complaint)")
        let before = try Timeless.summary(directory, "in")
        let score = try await GageBinary.run("score", "\(directory.path)/in", "-q")
        #expect(score.code == 0, "\(score.complaint)")
        #expect(try Timeless.summary(directory, "in")["tau2_summary"] == before["tau2_summary"])
        #expect(before.at("outcomes.scored") == 3)
        let again = try await Processes.run(command)
        #expect(again.code == 2)
        #expect(again.complaint.contains("exists already"), "\(again.complaint)")
    }
}

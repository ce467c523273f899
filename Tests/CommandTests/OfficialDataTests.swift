import JSON
import Processes
import Testing

/// Runs on the official τ² data; they are not part of the project.
@Suite(
    "The official τ² tasks, through the binary",
    .enabled(if: GageBinary.reference != nil, "no reference data: set GAGE_REFERENCE to run these"))
struct OfficialDataTests {
    private func withMockServer<Result>(_ mode: String, _ body: (String) async throws -> Result) async throws -> Result
    {
        let data = try #require(GageBinary.reference) + "/tau2"
        let child = try await ChildProcess.start(
            GageBinary.command(["mock-server", "--mode", mode, "--data", data, "--port", "0"]))
        let line = try #require(try await child.nextLine())
        let url = try #require(line.split(separator: " ").last.map(String.init))
        do {
            let result = try await body(url)
            child.terminate()
            _ = try await child.wait()
            return result
        } catch {
            child.terminate()
            throw error
        }
    }

    private func run(
        _ id: String, at url: String, in directory: String, _ more: [String] = []
    ) async throws -> ProcessResult {
        let data = try #require(GageBinary.reference) + "/tau2"
        return try await Processes.run(
            GageBinary.command(
                ["run", "--config", "config/tau2/retail_base.yaml", "--run-id", id, "--output-dir", directory, "-q"]
                    + more,
                environment: ["TAU2_DATA_DIR": data, "TAU2_OPENAI_BASE_URL": url]))
    }

    @Test func goldPlaysEveryRetailTaskToFullMarks() async throws {
        let directory = try TemporaryDirectory()
        let result = try await withMockServer("tau2-gold") { try await run("gold", at: $0, in: directory.path) }
        #expect(result.code == 0, "\(result.complaint)")
        let summary = try directory.json("gold/summary.json")
        #expect(summary.at("outcomes.scored") == 114)
        #expect(summary.at("tau2_summary.overall.avg_reward")?.doubleValue == 1)
        #expect(summary.at("domains.retail.scored") == 114)
    }

    @Test func aDroppedActionCostsWhereTheOfficialEvaluatorSaysSo() async throws {
        let directory = try TemporaryDirectory()
        let result = try await withMockServer("tau2-drop-write") { try await run("drop", at: $0, in: directory.path) }
        #expect(result.code == 0, "\(result.complaint)")
        let official = try await officialRewards(ofKind: "drop_write")
        #expect(official.count > 50)
        var compared = 0
        for line in try directory.text("drop/samples.jsonl").split(separator: "\n") {
            let sample = try JSONValue.parse(String(line))
            let task = try #require(sample.at("sample.metadata.tau2.task_id")?.stringValue)
            guard let expected = official[task] else { continue }
            compared += 1
            #expect(sample.at("metrics.tau2_reward.values.reward")?.doubleValue == expected, "task \(task)")
        }
        #expect(compared == official.count)
    }

    /// The official reward of each retail task's recorded case of a kind.
    private func officialRewards(ofKind kind: String) async throws -> [String: Double] {
        let reference = try #require(GageBinary.reference)
        var command = ProcessCommand("gunzip", ["-c", "\(reference)/tau2/cases/retail.traj.jsonl.gz"])
        command.outputLimit = .truncateHeadTail(head: 1 << 30, tail: 0)
        let bytes = try await Processes.run(command).standardOutput.bytes
        var rewards: [String: Double] = [:]
        var reader = JSONLinesReader()
        for value in try reader.values(in: bytes) where value["kind"]?.stringValue == kind {
            guard let task = value["task_id"]?.stringValue else { continue }
            rewards[task] = value.at("expected.evaluations.all.reward_info.reward")?.doubleValue
        }
        return rewards
    }

    @Test func faultsOnTheWireChangeNoScore() async throws {
        let directory = try TemporaryDirectory()
        let data = try #require(GageBinary.reference) + "/tau2"
        let child = try await ChildProcess.start(
            GageBinary.command([
                "mock-server", "--mode", "tau2-gold", "--data", data, "--port", "0", "--fault", "server_error/7",
                "--fault", "reset/11", "--fault", "rate_limit/13", "--retry-after", "0",
            ]))
        defer { child.terminate() }
        let line = try #require(try await child.nextLine())
        let url = try #require(line.split(separator: " ").last.map(String.init))
        let result = try await run("faults", at: url, in: directory.path, ["--max-samples", "20"])
        #expect(result.code == 0, "\(result.complaint)")
        let summary = try directory.json("faults/summary.json")
        #expect(summary.at("outcomes.scored") == 20)
        #expect(summary.at("tau2_summary.overall.avg_reward")?.doubleValue == 1)
    }

    @Test func theLedgerOfTheMockDomainAgrees() async throws {
        let reference = try #require(GageBinary.reference)
        let cases = ["orch", "real", "tools", "traj"].map { "\(reference)/tau2/cases/mock.\($0).jsonl.gz" }
        let result = try await Processes.run(
            GageBinary.command(["fidelity", "tau2", "--json", "--data", "\(reference)/tau2", "--cases"] + cases))
        let report = try JSONValue.parse(result.output)
        #expect(result.code == 0, "\(report["disagreements"]?.text() ?? "")")
        #expect(report["agreed"] == report["total"])
        #expect((report["total"]?.intValue ?? 0) > 250)
    }
}

import JSON
import Processes
import Testing

/// Runs on the official τ² data; they are not part of the project.
@Suite(
    "The official τ² tasks, through the binary",
    .enabled(if: GageBinary.reference != nil, "no reference data: set GAGE_REFERENCE to run these"))
struct OfficialDataTests {
    @Test func goldPlaysEveryRetailTaskToFullMarks() async throws {
        let directory = try TemporaryDirectory()
        let result = try await Tau2Serving.withMockServer("tau2-gold") {
            try await Tau2Serving.run("retail_base", id: "gold", at: $0, in: directory.path)
        }
        #expect(result.code == 0, "\(result.complaint)")
        let summary = try directory.json("gold/summary.json")
        #expect(summary.at("outcomes.scored") == 114)
        #expect(summary.at("tau2_summary.overall.avg_reward")?.doubleValue == 1)
        #expect(summary.at("domains.retail.scored") == 114)
    }

    @Test func aDroppedActionCostsWhereTheOfficialEvaluatorSaysSo() async throws {
        let directory = try TemporaryDirectory()
        let result = try await Tau2Serving.withMockServer("tau2-drop-write") {
            try await Tau2Serving.run("retail_base", id: "drop", at: $0, in: directory.path)
        }
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
        let faults = ["server_error/7", "reset/11", "rate_limit/13"].flatMap { ["--fault", $0] }
        let result = try await Tau2Serving.withMockServer("tau2-gold", faults + ["--retry-after", "0"]) {
            try await Tau2Serving.run(
                "retail_base", id: "faults", at: $0, in: directory.path, ["--max-samples", "20"])
        }
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

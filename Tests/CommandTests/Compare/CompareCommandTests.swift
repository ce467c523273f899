import Glibc
import JSON
import Processes
import Testing

/// Two runs of the quick start, compared, gated, annotated and exported, by the commands of docs/.
@Suite("Compare, gate, annotate and export, through the binary")
struct CompareCommandTests {
    private static let episode = "shop:retail_exchange_lamp__trial_0"

    private func quickStart(_ directory: borrowing TemporaryDirectory, _ ids: String..., more: [String] = [])
        async throws
    {
        for id in ids {
            let arguments = [
                "run", "--config", "config/quickstart.yaml", "--run-id", id, "--output-dir", directory.path, "-q",
            ]
            let result = try await Processes.run(GageBinary.command(arguments + more))
            #expect(result.code == 0, "\(result.complaint)")
        }
    }

    @Test func runsAreComparedAndHeldAgainstPolicies() async throws {
        let directory = try TemporaryDirectory()
        try await quickStart(directory, "before", "after")
        let place = ["--output-dir", directory.path]
        let page = "\(directory.path)/comparison.html"
        let compared = try await Processes.run(
            GageBinary.command(
                ["compare", "before", "after", "--html", page, "--json"] + place, environment: ["COLUMNS": "80"]))
        #expect(compared.code == 0, "\(compared.complaint)")
        let json = try JSONValue.parse(compared.output)
        #expect(json.at("comparisons[0].measures[0].pairs") == 6)
        #expect(json.at("comparisons[0].measures[0].finding") == "undecided")
        #expect(json.at("comparisons[0].warnings") == [])
        let html = try directory.text("comparison.html")
        #expect(html.contains("tau2_reward") && !html.contains("<script"))
        let renamed = try await Processes.run(
            GageBinary.command(["compare", "before", "after", "--rename-task", "shpo=store"] + place))
        #expect(renamed.code == 2 && renamed.complaint.contains("did you mean 'shop'?"), "\(renamed.complaint)")

        func gate(_ policy: String, _ more: [String] = []) async throws -> ProcessResult {
            try await Processes.run(
                GageBinary.command(["gate", "--policy", "config/gates/\(policy).yaml", "after"] + place + more))
        }
        let smoke = try await gate("smoke")
        #expect(smoke.code == 0 && smoke.output.contains("PASS"), "\(smoke.output)\(smoke.complaint)")
        let release = try await gate("release", ["--baseline", "before", "--json"])
        #expect(release.code == 5, "\(release.output)\(release.complaint)")
        #expect(try JSONValue.parse(release.output)["verdict"] == "inconclusive")
        let alone = try await gate("release")
        #expect(
            alone.code == 2 && alone.complaint.contains("release.yaml:10:5") && alone.complaint.contains("--baseline"))
        let domains = try await gate("domains", ["--baseline", "before"])
        #expect(domains.code == 2 && domains.complaint.contains("airline"), "\(domains.output)\(domains.complaint)")
    }

    @Test func correctionsStandBesideWhatTheJudgeSaid() async throws {
        let directory = try TemporaryDirectory()
        try await quickStart(directory, "q")
        let place = ["--output-dir", directory.path]
        func annotate(_ arguments: String...) async throws -> ProcessResult {
            try await Processes.run(GageBinary.command(["annotate", "q"] + arguments + place))
        }
        let nobody = try await annotate(Self.episode, "--verdict", "pass", "--by", "ada")
        #expect(nobody.code == 2 && nobody.complaint.contains("--reason"))
        let wrong = try await annotate(Self.episode, "--verdict", "tau2_rewad=1", "--reason", "x", "--by", "ada")
        #expect(wrong.code == 2 && wrong.complaint.contains("did you mean 'tau2_reward'?"))
        let said = try await annotate(
            Self.episode, "--verdict", "tau2_reward=1", "--tag", "odd", "--reason", "it was right", "--by", "ada")
        #expect(said.code == 0, "\(said.complaint)")
        let listed = try await annotate("--json")
        #expect(listed.output.split(separator: "\n").count == 2 && listed.output.contains("\"author\":\"ada\""))
        try directory.write(
            "api_version: gage/gate/v1\nname: g\namended: true\nrules:\n  - {metric: tau2_reward, min: 0.9}\n",
            to: "g.yaml")
        let gate = GageBinary.command(["gate", "q", "--policy", "\(directory.path)/g.yaml"] + place)
        let stale = try await Processes.run(gate)
        #expect(stale.code == 2 && stale.complaint.contains("write it again: gage report"), "\(stale.complaint)")
        let report = try await Processes.run(GageBinary.command(["report", "q"] + place))
        #expect(try await Processes.run(gate).code == 0)
        #expect(report.code == 0, "\(report.complaint)")
        let nowhere = try await Processes.run(GageBinary.command(["report", "p"] + place))
        #expect(nowhere.code == 2 && nowhere.complaint.contains("there is no run in"), "\(nowhere.complaint)")
        let summary = try directory.json("q/summary.json")
        #expect(summary.at("metrics[0].values.reward") == "0.83333")
        #expect(summary.at("amended.metrics[0].values.reward") == "1.00000")
        #expect(summary.at("amended.by") == ["ada"] && summary.at("amended.count") == 1)
        let compared = try await Processes.run(
            GageBinary.command(["compare", "q", "q", "--amended", "--json"] + place))
        #expect(try JSONValue.parse(compared.output).at("runs[0].amended_episodes") == 1)
    }

    @Test func runsAreExportedAndToldToCI() async throws {
        let directory = try TemporaryDirectory()
        let junit = "\(directory.path)/ci/junit.xml"
        let stepSummary = "\(directory.path)/step.md"
        let run = try await Processes.run(
            GageBinary.command(
                [
                    "run", "--config", "config/quickstart.yaml", "--run-id", "q", "--output-dir", directory.path, "-q",
                    "--junit", junit, "--github",
                ], environment: ["GITHUB_STEP_SUMMARY": stepSummary]))
        #expect(run.code == 0, "\(run.complaint)")
        #expect(run.complaint.contains("::warning title=shop%3Aretail_exchange_lamp__trial_0 failed::"))
        #expect(try directory.text("step.md").contains("| shop | tau2\\_reward | 0.833 |"))
        #expect(try directory.text("ci/junit.xml").contains("tests=\"6\" failures=\"1\" errors=\"0\" skipped=\"0\""))
        for format in ["eval", "jsonl", "csv", "junit", "tau2"] {
            let result = try await GageBinary.run("export", "\(directory.path)/q", "--format", format)
            #expect(result.code == 0, "\(format): \(result.complaint)")
            let path = result.output.prefix { $0 != "\n" && $0 != ":" }
            #expect(access(String(path), R_OK) == 0, "\(path)")
        }
        let csv = try await GageBinary.run("export", "\(directory.path)/q", "--format", "csv", "--output", "-")
        #expect(csv.output.split(separator: "\r\n").count == 7)
        let swebench = try await GageBinary.run("export", "\(directory.path)/q", "--format", "swebench")
        #expect(swebench.code == 2 && swebench.complaint.contains("no instance of SWE-bench"))
    }

    @Test(arguments: ["", ".", "/dev/null/junit.xml"])
    func aReportThatCannotBeWrittenIsRefusedBeforeAnythingRuns(path: String) async throws {
        let directory = try TemporaryDirectory()
        let run = try await GageBinary.run(
            "run", "--config", "config/quickstart.yaml", "--run-id", "q", "--output-dir", directory.path,
            "--junit", path)
        #expect(run.code == 2)
        #expect(run.complaint.contains("cannot write '\(path)'"), "\(run.complaint)")
        #expect(throws: (any Error).self) { try directory.text("q/config.yaml") }
    }

    @Test func theSchemaOfPoliciesIsTheShippedOne() async throws {
        let printed = try await GageBinary.run("gate", "--schema")
        #expect(printed.code == 0, "\(printed.complaint)")
        let file = try #require(fopen("\(GageBinary.root)/config/gates/gate.schema.json", "r"))
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = fread(&bytes, 1, bytes.count, file)
        #expect(String(decoding: bytes[..<count], as: UTF8.self) == printed.output)
    }
}

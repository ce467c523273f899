import JSON
import Processes
import Testing

@Suite("The quick start, through the binary")
struct QuickStartTests {
    @Test func oneTaskFailsAndTheReportSaysWhy() async throws {
        let directory = try TemporaryDirectory()
        let result = try await GageBinary.run(
            "run", "--config", "config/quickstart.yaml", "--run-id", "q", "--output-dir", directory.path)
        #expect(result.code == 0, "\(result.complaint)")
        let summary = try directory.json("q/summary.json")
        #expect(summary.at("outcomes.scored") == 6)
        #expect(summary.at("outcomes.coverage")?.doubleValue == 1)
        #expect(summary.at("metrics[0].metric_id") == "tau2_reward")
        #expect(summary.at("metrics[0].values.reward") == "0.83333")
        let page = try directory.text("q/report.html")
        #expect(page.contains("retail_exchange_lamp"))
        #expect(page.contains("gift_card_7340091"))
        #expect(page.contains("Expected, and not done so: exchange_delivered_order_items"))
        #expect(!page.contains("<script"))
        let lines = try directory.text("q/samples.jsonl").split(separator: "\n")
        #expect(lines.count == 6)
        // Where the world is not as it should be: the money came from the wrong place.
        let failed = try JSONValue.parse(String(try #require(lines.first { $0.contains("retail_exchange_lamp\"") })))
        #expect(failed.text().contains("world_difference"))
        #expect(lines.count { $0.contains("world_difference") } == 1)
    }

    @Test func theSameSeedGivesTheSameSummary() async throws {
        let directory = try TemporaryDirectory()
        for id in ["a", "b"] {
            let result = try await GageBinary.run(
                "run", "--config", "config/quickstart.yaml", "--run-id", id, "--output-dir", directory.path, "-q")
            #expect(result.code == 0, "\(result.complaint)")
        }
        #expect(try Timeless.summary(directory, "a") == Timeless.summary(directory, "b"))
    }

    @Test func aRunThatIsThereGoesOnWithNothingToDo() async throws {
        let directory = try TemporaryDirectory()
        let arguments = ["run", "--config", "config/quickstart.yaml", "--run-id", "q", "--output-dir", directory.path]
        let first = try await Processes.run(GageBinary.command(arguments))
        #expect(first.code == 0, "\(first.complaint)")
        let before = try Timeless.summary(directory, "q")
        let second = try await Processes.run(GageBinary.command(arguments))
        #expect(second.code == 0, "\(second.complaint)")
        #expect(try Timeless.summary(directory, "q") == before)
    }

    @Test func aChangedConfigurationIsRefusedUnlessAllowed() async throws {
        let directory = try TemporaryDirectory()
        let arguments = ["run", "--config", "config/quickstart.yaml", "--run-id", "q", "--output-dir", directory.path]
        #expect(try await Processes.run(GageBinary.command(arguments)).code == 0)
        let changed = arguments + ["--set", "sandbox_profiles[0].runtime_configs.max_steps=150"]
        let refused = try await Processes.run(GageBinary.command(changed))
        #expect(refused.code == 2)
        #expect(refused.complaint.contains("max_steps: 200 became 150"), "\(refused.complaint)")
        let allowed = try await Processes.run(GageBinary.command(changed + ["--allow-config-change"]))
        #expect(allowed.code == 0, "\(allowed.complaint)")
    }

    @Test func scoringAgainNeedsNoModel() async throws {
        let directory = try TemporaryDirectory()
        let run = try await GageBinary.run(
            "run", "--config", "config/quickstart.yaml", "--run-id", "q", "--output-dir", directory.path, "-q")
        #expect(run.code == 0, "\(run.complaint)")
        let before = try Timeless.summary(directory, "q")
        let score = try await GageBinary.run("score", "\(directory.path)/q", "-q")
        #expect(score.code == 0, "\(score.complaint)")
        #expect(try Timeless.summary(directory, "q")["metrics"] == before["metrics"])
        let report = try await GageBinary.run("report", "\(directory.path)/q")
        #expect(report.code == 0, "\(report.complaint)")
        #expect(report.output.contains("0.833"))
    }

    @Test func aProviderThatFailsIsAnErrorAndNoZero() async throws {
        let directory = try TemporaryDirectory()
        let script = try JSONValue.parse(try await GageBinary.text(of: "local-datasets/quickstart/user.json"))
        var episodes = script["episodes"]?.arrayValue ?? []
        let refusal: JSONValue = ["error": ["status": 400, "message": "no"]]
        episodes[0]["replies"] = .array([refusal])
        try directory.write(JSONValue.object(["episodes": .array(episodes)]).text(), to: "user.json")
        let result = try await GageBinary.run(
            "run", "--config", "config/quickstart.yaml", "--run-id", "q", "--output-dir", directory.path,
            "--set", "backends.scripted_user.config.path=\(directory.path)/user.json", "--fail-on-error", "-q")
        #expect(result.code == 3, "\(result.complaint)")
        let summary = try directory.json("q/summary.json")
        #expect(summary.at("outcomes.errored") == 1)
        #expect(summary.at("outcomes.scored") == 5)
        #expect(summary.at("outcomes.errors_by_cause.provider") == 1)
        #expect(summary.at("metrics[0].count") == 5)
        #expect(summary.at("metrics[0].values.reward") == "0.80000")
    }
}

/// What two runs must have in common: `summary.json` without times, places and names.
enum Timeless {
    static func summary(_ directory: borrowing TemporaryDirectory, _ run: String) throws -> JSONValue {
        var summary = try directory.json("\(run)/summary.json")
        for key in ["run_id", "run_dir", "samples_jsonl", "started_at", "timings"] { summary["run"]?[key] = nil }
        return summary
    }
}

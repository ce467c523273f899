import JSON
import Processes
import Testing

/// The stages of PAUSE, through the binary, on tasks of one generated user, without any model.
@Suite("PAUSE, through the binary")
struct PauseFlowTests {
    @Test func tasksArePreparedAndMeasuredWithTheScripts() async throws {
        let directory = try TemporaryDirectory()
        try directory.write(PauseFlow.routes("oracle", "noop"), to: "routes.yaml")
        let environment = [
            "RUN_NAME": "x", "RUN_DIR": "\(directory.path)/elsewhere", "GAGE": GageBinary.path, "NUM_USERS": "1",
            "RUNS_PER_BRANCH": "1", "RNG_SEED": "46", "ROUTES": "\(directory.path)/routes.yaml",
        ]
        try await Self.script("run_prepare.sh", in: directory.path, environment)
        let run = "\(directory.path)/elsewhere"
        let logs = PauseFlow.files("\(run)/logs")
        #expect(!logs.isEmpty)
        #expect(PauseFlow.files("\(run)/annotated_logs") == logs)
        #expect(PauseFlow.files("\(run)/saved_tasks") == PauseFlow.files("\(run)/tasks"))
        let file = try #require(PauseFlow.files("\(run)/saved_tasks").first)
        let saved = try PauseFlow.log("\(run)/saved_tasks/\(file)")
        let kept = try #require(saved["tasks"]?.arrayValue)
        #expect(kept.count == logs.count, "the oracle solves every task")
        for task in kept {
            let path = try #require(task["annotated_log_path"]?.stringValue)
            #expect(try PauseFlow.log("\(run)/\(path)")["final_selection"]?["select_assistant_model"] == "oracle")
        }

        try await Self.script("run_testrun.sh", in: directory.path, environment)
        #expect(PauseFlow.files("\(run)/inference_logs").count == kept.count)
        let summary = try PauseFlow.log("\(run)/evaluated_tasks/summary.json")
        #expect(summary["models"]?["oracle"]?["overall"]?["TC"] == 1.0)
        #expect(summary["models"]?["oracle"]?["overall"]?["coverage"] == 1.0)
        #expect(summary["models"]?["noop"]?["overall"]?["TC"] == 0.0)
        let shopping = try PauseFlow.log("\(run)/evaluated_tasks/shopping/shopping_summary_shopping.json")
        #expect(shopping["models"]?.arrayValue?.map { $0["model"] } == ["noop", "oracle"])
        #expect(shopping["models"]?[1]?["avg_ratio"] == 1.0)
        try await Self.analyses(of: run)
    }

    /// All analyses on what the scripts left.
    private static func analyses(of run: String) async throws {
        let statistics = try await GageBinary.run(
            "pause", "analyze-traj-stats", "--logs_dir", "\(run)/inference_logs", "--detailed", "--output",
            "\(run)/statistics.json")
        #expect(statistics.code == 0, "\(statistics.complaint)")
        let models = try PauseFlow.log("\(run)/statistics.json")["by_model"]
        #expect(models?["noop"]?["avg_assistant_tool_calls"] == 0.0)

        let selected = try await GageBinary.run(
            "pause", "analyze-selected-traj-stats", "--tasks_dir", "\(run)/saved_tasks", "--output",
            "\(run)/selected.json")
        #expect(selected.code == 0, "\(selected.complaint)")
        #expect(try PauseFlow.log("\(run)/selected.json")["missing"] == [])

        let consistency = try await GageBinary.run(
            "pause", "consistency-analysis", "--annotated_dir", "\(run)/annotated_logs", "--compare_dir",
            "\(run)/annotated_logs")
        #expect(consistency.code == 0, "\(consistency.complaint)")
        let analysis = try PauseFlow.log("\(run)/annotated_logs/annotated_logs_analysis.json")
        let cells = (analysis["confusion_matrix"]?["matrix"]?.objectValue?.values ?? []).flatMap {
            $0.objectValue?.values ?? []
        }
        #expect(cells.compactMap(\.intValue).reduce(0, +) == PauseFlow.files("\(run)/logs").count)

        let classes = try await GageBinary.run(
            "pause", "error-classification", "--tasks_dir", "\(run)/evaluated_tasks", "--model_name", "noop",
            "--output_file", "\(run)/classes.json")
        #expect(classes.code == 0, "\(classes.complaint)")
        let counts = try PauseFlow.log("\(run)/classes.json")["counts"]?["noop"]?.objectValue?.values
        #expect(counts?.compactMap(\.intValue).reduce(0, +) == PauseFlow.files("\(run)/logs").count)
    }

    private static func script(
        _ name: String, in directory: String, _ environment: [String: String]
    ) async throws {
        var command = ProcessCommand("/usr/bin/env", ["bash", "\(GageBinary.root)/scripts/\(name)"])
        command.workingDirectory = directory
        command.environment = .inheritAdding(environment.merging(["NO_COLOR": "1"]) { given, _ in given })
        command.deadline = .seconds(200)
        let result = try await Processes.run(command)
        #expect(result.code == 0, "\(name): \(result.output)\n\(result.complaint)")
    }

    // MARK: Planted faults

    @Test(arguments: [
        ("forgets_permission", "permission_order"), ("calls_user_tool", "forbidden"),
        ("wrong_voucher", "shopping_score"),
        ("over_topup", "shopping_score"), ("noop", "tool_call"),
    ])
    func aPlantedFaultIsFoundAndNamedByTheRules(script: String, check: String) async throws {
        let directory = try TemporaryDirectory()
        let tasks = try await PauseFlow.tasks.value
        let result = try await GageBinary.run(
            "run", "--config", "config/pause/testrun.yaml", "--run-id", "r", "--output-dir", directory.path, "--quiet",
            environment: ["PAUSE_ASSISTANT_MODEL": script, "PAUSE_TASKS": tasks])
        #expect(result.code == 0, "\(result.complaint)")
        let summary = try JSONValue.parse(try directory.text("r/summary.json"))
        let failed = summary["pause_summary"]?["models"]?[script]?["overall"]?["failed_checks"]
        #expect(failed?[check]?.intValue ?? 0 > 0, "\(failed ?? .null)")
        let completion = try #require(summary["pause_summary"]?["models"]?[script]?["overall"]?["TC"]?.doubleValue)
        #expect(completion < 1)
    }

    // MARK: Files and runs

    @Test func theYAMLRunAndTheCommandsGiveTheSameFigures() async throws {
        let directory = try TemporaryDirectory()
        let result = try await GageBinary.run(
            "run", "--config", "config/pause_testrun.yaml", "--run-id", "t1", "--output-dir", directory.path, "--quiet",
            environment: ["PAUSE_TASKS": try await PauseFlow.tasks.value])
        #expect(result.code == 0, "\(result.complaint)")
        let summary = try JSONValue.parse(try directory.text("t1/summary.json"))
        #expect(summary["pause_summary"]?["models"]?["oracle"]?["overall"]?["TC"] == 1.0)
        #expect(summary["pause_summary"]?["models"]?["oracle"]?["overall"]?["permission_mistakes"] == 0)
    }

    @Test func preparationAsOneRunChoosesTheOracle() async throws {
        let directory = try TemporaryDirectory()
        let result = try await GageBinary.run(
            "run", "--config", "config/pause/prepare.yaml", "--run-id", "p", "--output-dir", directory.path, "--quiet",
            environment: ["PAUSE_TASKS": try await PauseFlow.tasks.value])
        #expect(result.code == 0, "\(result.complaint)")
        for line in try directory.text("p/samples.jsonl").split(separator: "\n") {
            let verdicts = try JSONValue.parse(String(line))
            #expect(verdicts.text().contains(#""select_assistant_model":"oracle""#))
        }
    }

    @Test func whatAnInterruptedRunHasWrittenIsSkippedAndForceDoesItAgain() async throws {
        let directory = try TemporaryDirectory()
        let tasks = try await PauseFlow.tasks.value
        let arguments = ["pause", "run-user-tasks", "--tasks_files", tasks, "--output_dir", "logs", "--quiet"]
        var first = GageBinary.command(arguments + ["--limit", "1", "--branch", "shopping"], in: directory.path)
        first.deadline = .seconds(100)
        #expect(try await Processes.run(first).code == 0)
        let shopping = PauseFlow.files("\(directory.path)/logs")
        #expect(shopping.count == 1)
        let rest = try await Processes.run(GageBinary.command(arguments, in: directory.path))
        #expect(rest.complaint.contains("1 logs are there already and are skipped"))
        let all = PauseFlow.files("\(directory.path)/logs")
        #expect(all.count == 5)
        let again = try await Processes.run(GageBinary.command(arguments, in: directory.path))
        #expect(again.complaint.contains("5 logs are there already and are skipped"))
        #expect(again.output.contains("(0 written)"))
        let forced = try await Processes.run(GageBinary.command(arguments + ["--force"], in: directory.path))
        #expect(forced.output.contains("(5 written)"), "\(forced.complaint)")
    }

    @Test func aKilledRunGoesOnAndDoesNothingTwice() async throws {
        let directory = try TemporaryDirectory()
        let logs = "\(directory.path)/logs"
        let arguments = [
            "pause", "run-user-tasks", "--tasks_files", "\(GageBinary.root)/local-datasets/pause", "--output_dir",
            "logs",
            "--concurrency", "1", "--quiet", "--branch", "wearable_data_casual", "lifestyle_record_casual",
        ]
        for attempt in 0..<20 where PauseFlow.files(logs).count < 3 {
            var command = GageBinary.command(arguments, in: directory.path)
            command.deadline = .milliseconds(300 + 200 * attempt)
            command.gracePeriod = .zero
            _ = try await Processes.run(command)
        }
        let left = PauseFlow.files(logs).count
        #expect(left >= 3)
        let last = try await Processes.run(GageBinary.command(arguments, in: directory.path))
        #expect(last.code == 0, "\(last.complaint)")
        #expect(last.complaint.contains("\(left) logs are there already and are skipped"))
        let all = PauseFlow.files(logs).count
        #expect(all == 32)
        let runs = PauseFlow.names("\(directory.path)/gage_runs")
        let run = try #require(runs.max { $0.utf8.count == $1.utf8.count ? $0 < $1 : $0.utf8.count < $1.utf8.count })
        let ids = try directory.text("gage_runs/\(run)/samples.jsonl").split(separator: "\n").map { line in
            try JSONValue.parse(String(line))["sample_id"]?.stringValue
        }
        #expect(ids.count == all)
        #expect(Set(ids).count == all)
    }

    @Test func whatCannotBeEvaluatedSaysWhyAndCountsAgainstNobody() async throws {
        let directory = try TemporaryDirectory()
        let tasks = try await PauseFlow.tasks.value
        try directory.write(
            #"[{"stage": "evaluate", "answer": {"targets_achieved": [true], "error_analysis": ""}}]"#,
            to: "answers.json")
        try directory.write(
            "routes: {evaluator: {model: fixture_judge, path: answers.json}}\n", to: "routes.yaml")
        let logs = try await Processes.run(
            GageBinary.command(
                [
                    "pause", "run-user-tasks", "--tasks_files", tasks, "--output_dir", "logs", "--inference",
                    "--branch",
                    "shopping", "--quiet",
                ], in: directory.path))
        #expect(logs.code == 0, "\(logs.complaint)")
        let result = try await Processes.run(
            GageBinary.command(
                [
                    "pause", "evaluate-trajs", "--tasks_dir", tasks, "--inference_logs_dir", "logs",
                    "--evaluated_tasks_dir", "evaluated", "--routes", "routes.yaml", "--quiet",
                ], in: directory.path))
        #expect(result.code == 0, "\(result.complaint)")
        let summary = try directory.json("evaluated/summary.json")["models"]
        #expect(summary?["oracle"]?["overall"]?["TC"] == 1.0)
        #expect(summary?["unknown"]?["overall"]?["scored"] == 0)
        let name = try #require(PauseFlow.files("\(directory.path)/evaluated").first { $0 != "summary.json" })
        let evaluations = try directory.json("evaluated/\(name)")["evaluations_by_branch"]
        let missing = evaluations?["wearable_data_casual"]?[0]?["evaluations"]?[0]?["evaluation"]
        #expect(missing?["failure_category"] == "missing_log")
        #expect(missing?["ok"] == false)
    }

    @Test func routesOfSeveralClientsStandInTheirOrderInALog() async throws {
        let directory = try TemporaryDirectory()
        try directory.write(
            """
            backends:
              - {backend_id: first, type: dummy, config: {responses: ["I cannot help."]}}
              - {backend_id: second, type: dummy, config: {responses: ["I cannot help."]}}
            routes:
              inference_traj:
                - {client_assistant: second, assistant_model: b}
                - {assistant_model: noop}
                - {client_assistant: first, assistant_model: a}
                - {assistant_model: oracle}

            """, to: "routes.yaml")
        let result = try await Processes.run(
            GageBinary.command(
                [
                    "pause", "run-user-tasks", "--tasks_files", try await PauseFlow.tasks.value, "--output_dir", "logs",
                    "--inference", "--routes", "routes.yaml", "--branch", "wearable_data_casual", "--quiet",
                ], in: directory.path))
        #expect(result.code == 0, "\(result.complaint)")
        let name = try #require(PauseFlow.files("\(directory.path)/logs").first)
        let log = try PauseFlow.log("\(directory.path)/logs/\(name)")
        #expect(log["trajs"]?.arrayValue?.map { $0["assistant_model"] } == ["b", "noop", "a", "oracle"])
    }

    @Test func aModelThatFailsLeavesAnErrorTrajectoryAndTheRunGoesOn() async throws {
        let directory = try TemporaryDirectory()
        try directory.write(
            """
            backends:
              - {backend_id: broken, type: openai_http, config: {base_url: "http://127.0.0.1:9/v1", model: m, max_retries: 0}}
            routes:
              inference_traj:
                - {client_assistant: broken, assistant_model: m}
                - {assistant_model: oracle}

            """, to: "routes.yaml")
        let result = try await Processes.run(
            GageBinary.command(
                [
                    "pause", "run-user-tasks", "--tasks_files", try await PauseFlow.tasks.value, "--output_dir", "logs",
                    "--inference", "--routes", "routes.yaml", "--branch", "shopping", "--quiet",
                ], in: directory.path, environment: ["OPENAI_API_KEY": "sk-secret-of-the-test"]))
        #expect(result.code == 0, "\(result.complaint)")
        let name = try #require(PauseFlow.files("\(directory.path)/logs").first)
        let log = try PauseFlow.log("\(directory.path)/logs/\(name)")
        let reason = log["trajs"]?[0]?["termination_reason"]?.stringValue ?? ""
        #expect(reason.hasPrefix("traj_generation_failed:"))
        #expect(log["trajs"]?[1]?["terminated"] == false)
        #expect(!log.text().contains("sk-secret"))
        #expect(!log.text().contains("_id_seed"))
    }
}

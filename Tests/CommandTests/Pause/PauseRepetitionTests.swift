import JSON
import Processes
import Testing

/// What the stages of PAUSE attempt and judge again, and what they leave alone.
@Suite("PAUSE's stages, repeated")
struct PauseRepetitionTests {
    @Test func logsThatWereWrittenAnewAreEvaluatedAnew() async throws {
        let directory = try TemporaryDirectory()
        let tasks = try await PauseFlow.tasks.value
        for (assistant, completion) in [("oracle", 1.0), ("noop", 0.0)] {
            try directory.write(PauseFlow.routes(assistant), to: "routes.yaml")
            let logs = try await Processes.run(
                GageBinary.command(
                    [
                        "pause", "run-user-tasks", "--tasks_files", tasks, "--output_dir", "logs", "--inference",
                        "--branch", "shopping", "--routes", "routes.yaml", "--force", "--quiet",
                    ], in: directory.path))
            #expect(logs.code == 0, "\(logs.complaint)")
            let evaluated = try await Processes.run(
                GageBinary.command(
                    [
                        "pause", "evaluate-trajs", "--tasks_dir", tasks, "--inference_logs_dir", "logs", "--branch",
                        "shopping", "--evaluated_tasks_dir", "evaluated", "--quiet",
                    ], in: directory.path))
            #expect(evaluated.code == 0, "\(evaluated.complaint)")
            let models = try directory.json("evaluated/summary.json")["models"]?.objectValue ?? [:]
            #expect(Array(models.keys) == [assistant])
            #expect(models[assistant]?["overall"]?["TC"]?.doubleValue == completion)
        }
    }

    @Test func failedDialoguesAreAttemptedAgainWhenThatIsAskedFor() async throws {
        let directory = try TemporaryDirectory()
        try directory.write(
            """
            backends:
              - {backend_id: broken, type: openai_http, config: {base_url: "http://127.0.0.1:9/v1", model: m, max_retries: 0}}
            routes: {inference_traj: [{client_assistant: broken, assistant_model: m}]}

            """, to: "broken.yaml")
        try directory.write(PauseFlow.routes("oracle"), to: "routes.yaml")
        let arguments = [
            "pause", "run-user-tasks", "--tasks_files", try await PauseFlow.tasks.value, "--output_dir", "logs",
            "--inference", "--branch", "shopping", "--quiet", "--routes",
        ]
        let broken = try await Processes.run(
            GageBinary.command(
                arguments + ["broken.yaml"], in: directory.path, environment: ["OPENAI_API_KEY": "sk-of-the-test"]))
        #expect(broken.output.contains("(1 written)"), "\(broken.complaint)")
        let kept = try await Processes.run(GageBinary.command(arguments + ["routes.yaml"], in: directory.path))
        #expect(kept.output.contains("(0 written)"), "\(kept.complaint)")
        let again = try await Processes.run(
            GageBinary.command(arguments + ["routes.yaml", "--retry-errored"], in: directory.path))
        #expect(again.output.contains("(1 written)"), "\(again.complaint)")
        let name = try #require(PauseFlow.files("\(directory.path)/logs").first)
        #expect(try PauseFlow.log("\(directory.path)/logs/\(name)")["trajs"]?[0]?["terminated"] == false)
    }

    @Test func aWrongRouteLeavesNoLogsBehind() async throws {
        let directory = try TemporaryDirectory()
        try directory.write(
            "routes: {traj: [{client_assistant: nobodys, assistant_model: m}]}\n", to: "routes.yaml")
        let result = try await Processes.run(
            GageBinary.command(
                [
                    "pause", "run-user-tasks", "--tasks_files", try await PauseFlow.tasks.value, "--output_dir", "logs",
                    "--routes", "routes.yaml", "--quiet",
                ], in: directory.path))
        #expect(result.code == 2)
        #expect(result.complaint.contains("there is no client 'nobodys'"))
        #expect(PauseFlow.files("\(directory.path)/logs").isEmpty)
    }

    @Test(arguments: [
        ["extract-annotated-tasks", "--annotated_logs_dir", "nowhere", "--tasks_saved_dir", "out"],
        ["error-classification", "--output_file", "out"],
    ])
    func whatReadsAFolderThatIsNotThereWritesNothing(arguments: [String]) async throws {
        let directory = try TemporaryDirectory()
        let tasks = arguments[0] == "error-classification" ? "nowhere" : try await PauseFlow.tasks.value
        let result = try await Processes.run(
            GageBinary.command(["pause"] + arguments + ["--tasks_dir", tasks], in: directory.path))
        #expect(result.code == 2)
        #expect(result.complaint.contains("nowhere"), "\(result.complaint)")
        #expect(!PauseFlow.names(directory.path).contains("out"))
    }
}

import Evaluation
import FoundationEssentials
import GageTesting
import JSON
import Testing
import Transport

@testable import AppWorld

@Suite("The judge")
struct JudgeTests {
    private static let secret = "SECRET-EXPECTED"

    private static let evaluation: JSONValue = [
        "aggregate": ["task_goal_completion": 0.0, "scenario_goal_completion": 0.0],
        "individual": [
            "a_1": [
                "success": false, "difficulty": 2, "passes": [["requirement": "one"]],
                "failures": [["requirement": "two", "trace": .string(secret)]],
            ]
        ],
    ]

    private static let outputs = "/run/experiments/outputs/exp"

    private static let files = [
        "\(outputs)/evaluations/on_only_a_1.json": evaluation.text(),
        "\(outputs)/tasks/a_1/dbs/notes.jsonl": secret, "\(outputs)/tasks/a_1/evaluation/report.md": secret,
        "\(outputs)/tasks/a_1/logs/environment_io.md": secret, "\(outputs)/tasks/a_1/version/code.txt": "0.2",
    ]

    private func judge(_ change: (inout EvaluateParameters) -> Void = { _ in }) -> EvaluateJudge {
        var parameters = EvaluateParameters()
        parameters.exportsOutputs = true
        change(&parameters)
        return EvaluateJudge(parameters: parameters)
    }

    private func episode(
        subset: String = "dev", in sandbox: (any Sandbox)?, url: String = "http://127.0.0.1:1", trial: Int = 0,
        witness: Witness? = nil
    ) throws -> EpisodeAt {
        var at = try EpisodeAt(subset: subset, sandbox: sandbox, trial: trial, witness: witness)
        let server = EnvironmentServer(client: HTTPClient(), addresses: .init(environment: url))
        var session = AppWorldSession(task: try AppWorldTask(at.episode.sample), experiment: "exp", server: server)
        session.isSaved = true
        session.keep(in: &at.episode)
        return at
    }

    @Test("The evaluation runs by its own words, and its file is read where it prints no JSON")
    func container() async throws {
        let container = PlayedContainer("http://x", files: Self.files)
        var at = try episode(in: container)
        try await judge().perform(on: &at.episode, in: at.scope)
        #expect(
            container.commands.map(\.arguments) == [
                ["appworld", "evaluate", "exp", "--task-id", "a_1", "--root", "/run"]
            ])
        #expect(container.commands[0].timeout == .seconds(120))
        let output = try #require(at.episode.judgeOutput["appworld"])
        #expect(output["tgc"] == 0.0)
        #expect(output["difficulty"] == 2)
        #expect(output["tests"]?["fails"]?[0]?["trace"] == .string(Self.secret))
        #expect(output["export_dir"] == "appworld_artifacts/a_1")
        let exported = "\(at.witness.directory.path)/appworld_artifacts/a_1"
        for name in [
            "dbs/notes.jsonl", "evaluation/report.md", "logs/environment_io.md", "version/code.txt", "verdict.json",
        ] {
            #expect(FileManager.default.fileExists(atPath: "\(exported)/\(name)"), "\(name)")
        }
    }

    @Test("What it prints goes before its file")
    func printed() async throws {
        var result = SandboxCommandResult(exitCode: 0)
        result.standardOutput = SandboxOutput(Array(#"{"tgc": 100.0, "sgc": 100.0}"#.utf8))
        var at = try episode(in: PlayedContainer("http://x", files: Self.files, result: result))
        try await judge().perform(on: &at.episode, in: at.scope)
        #expect(at.episode.judgeOutput["appworld"]?["tgc"] == 100.0)
    }

    @Test("Nothing about a test split's answers gets anywhere")
    func redacted() async throws {
        var at = try episode(subset: "test_normal", in: PlayedContainer("http://x", files: Self.files))
        at.episode.trajectory.entries = [Trajectory.Entry(.user(Self.secret), by: .user)]
        try await judge().perform(on: &at.episode, in: at.scope)
        let output = try #require(at.episode.judgeOutput["appworld"]?.objectValue)
        #expect(output["tgc"] == 0.0)
        #expect(output["tests"] == nil && output["difficulty"] == nil && output["sgc"] == nil)
        let record = EpisodeRecord(episode: at.episode, outcome: .scored, startedAt: 0, duration: 0)
        #expect(!String(describing: record).contains(Self.secret))
        #expect(!String(describing: at.witness.events).contains(Self.secret))
        let kept = contents(of: at.witness.directory.path)
        #expect(
            kept.keys.sorted() == ["appworld_artifacts/a_1/verdict.json", "appworld_artifacts/a_1/version/code.txt"])
        for bytes in kept.values { #expect(!String(decoding: bytes, as: UTF8.self).contains(Self.secret)) }
    }

    @Test("A failure of the evaluation is named, is no score, and shows nothing of a test split")
    func failures() async throws {
        var failed = SandboxCommandResult(exitCode: 1)
        failed.standardError = SandboxOutput(Array(Self.secret.utf8))
        var late = SandboxCommandResult(exitCode: 124)
        late.timedOut = true
        let cases: [(SandboxCommandResult, [String: String], String, Bool)] = [
            (failed, Self.files, "evaluate_failed", false), (late, Self.files, "evaluate_failed", true),
            (SandboxCommandResult(exitCode: 0), [:], "missing_eval_output", false),
            (
                SandboxCommandResult(exitCode: 0), ["\(Self.outputs)/evaluations/on_only_a_1.json": "{\(Self.secret)"],
                "missing_eval_output", false
            ),
            (
                SandboxCommandResult(exitCode: 0), ["\(Self.outputs)/evaluations/on_only_a_1.json": "{}"],
                "missing_eval_output", false
            ),
        ]
        for (result, files, reason, isRetried) in cases {
            let container = PlayedContainer("http://x", files: files, result: result)
            var at = try episode(subset: "test_normal", in: container)
            let error = await #expect(throws: EvaluationError.self) {
                try await judge().perform(on: &at.episode, in: at.scope)
            }
            #expect(error?.code.rawValue == "appworld.\(reason)")
            #expect(error?.retry.isWorthwhile == isRetried)
            #expect(!String(describing: error).contains(Self.secret))
            #expect(at.episode.judgeOutput["appworld"]?["failure_reason"]?.stringValue == reason)
            #expect(at.episode.judgeOutput["appworld"]?["tgc"] == nil)
        }
    }

    @Test("Without a container the open servers are asked, once, and the task is closed")
    func remote() async throws {
        let stub = try StubAppWorld { question, _ in
            .output(
                question.name == "evaluate"
                    ? ["success": true, "difficulty": 1, "passes": [[:]], "failures": []] : .null)
        }
        defer { stub.stop() }
        var at = try episode(in: nil, url: stub.url)
        try await judge().perform(on: &at.episode, in: at.scope)
        #expect(stub.questions.map(\.name) == ["evaluate", "close"])
        #expect(at.episode.judgeOutput["appworld"]?["tgc"] == 100.0)
    }

    @Test("Trials and tasks of the configuration do not write over each other")
    func directories() async throws {
        let witness = try Witness()
        let container = PlayedContainer("http://x", files: Self.files)
        var places: [String] = []
        for (trial, task) in [(0, "pipeline"), (1, "pipeline"), (0, "other"), (0, "pipeline")] {
            var at = try episode(in: container, trial: trial, witness: witness)
            var episode = Episode(
                id: EpisodeID(task: task, sample: "a_1", trial: trial), seed: 1, sample: at.episode.sample)
            AppWorldSession.of(at.episode)?.keep(in: &episode)
            at.scope.episode = episode.id
            try await judge().perform(on: &episode, in: at.scope)
            places.append(episode.judgeOutput["appworld"]?["export_dir"]?.stringValue ?? "")
        }
        let base = "appworld_artifacts/a_1"
        #expect(places == [base, "\(base)__trial_1", "\(base)__other", base])
    }

    @Test("Judging again later reads what was found, or says that the container is gone")
    func again() async throws {
        let container = PlayedContainer("http://x", files: Self.files)
        var at = try episode(in: container)
        try await judge().perform(on: &at.episode, in: at.scope)
        var later = try EpisodeAt(sandbox: nil, witness: at.witness)
        try await judge().perform(on: &later.episode, in: later.scope)
        #expect(later.episode.judgeOutput["appworld"] == at.episode.judgeOutput["appworld"])
        var none = try EpisodeAt(sandbox: nil, trial: 3, witness: at.witness)
        let error = await #expect(throws: EvaluationError.self) {
            try await judge().perform(on: &none.episode, in: none.scope)
        }
        #expect(error?.code.rawValue == "appworld.missing_container")
    }

    @Test("A world that was not saved is not evaluated")
    func unsaved() async throws {
        var at = try episode(in: PlayedContainer("http://x", files: Self.files))
        var session = try #require(AppWorldSession.of(at.episode))
        session.isSaved = false
        session.keep(in: &at.episode)
        await #expect(throws: EvaluationError.self) { try await judge().perform(on: &at.episode, in: at.scope) }
    }
}

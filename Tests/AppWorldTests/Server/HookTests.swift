import Evaluation
import JSON
import Testing
import Transport

@testable import AppWorld

@Suite("Hooks against a server")
struct HookTests {
    private static let servers = AppWorldServers(client: HTTPClient())

    private static let opened: JSONValue = [
        "task_id": "a_1", "instruction": "Do it.", "datetime": "2023-05-18T12:00:00",
        "supervisor": ["first_name": "Ada", "last_name": "Byron", "email": "a@example.com", "phone_number": "555"],
    ]

    private func hook(_ change: (inout InitializeParameters) -> Void = { _ in }) -> InitializeHook {
        var parameters = InitializeParameters()
        change(&parameters)
        return InitializeHook(parameters, servers: Self.servers)
    }

    @Test("A task is opened with its options and the address that the container itself knows")
    func opens() async throws {
        let server = try StubAppWorld { _, _ in .output(Self.opened) }
        defer { server.stop() }
        var at = try EpisodeAt(
            facts: ["ground_truth_mode": "full", "max_interactions": 9, "difficulty": 3],
            sandbox: PlayedContainer(server.url))
        try await hook { $0.options = ["random_seed": 5, "max_interactions": 1] }.run(on: &at.episode, in: at.scope)
        let question = try #require(server.questions.first)
        #expect(server.questions.count == 1)
        #expect(question.name == "initialize")
        #expect(
            question.body.objectValue == [
                "task_id": "a_1", "ground_truth_mode": "full", "max_interactions": 9, "random_seed": 5,
                "remote_apis_url": "http://127.0.0.1:9000", "experiment_name": "gage_run-7_dev",
            ])
        #expect(at.episode.supportOutputs.last?["payload"]?["main_user"]?["first_name"] == "Ada")
        #expect(at.episode.sample.metadata["appworld"]?["experiment_name"] == "gage_run-7_dev")
        #expect(at.episode.redaction == nil)
        #expect(AppWorldSession.of(at.episode)?.experiment == "gage_run-7_dev")
    }

    @Test("A task of a test split is opened with minimal ground truth, and its trace is not kept")
    func test() async throws {
        let server = try StubAppWorld { _, _ in .output(Self.opened) }
        defer { server.stop() }
        var at = try EpisodeAt(
            subset: "test_challenge", facts: ["ground_truth_mode": "full"], sandbox: PlayedContainer(server.url))
        try await hook { $0.options = ["ground_truth_mode": "full"] }.run(on: &at.episode, in: at.scope)
        #expect(server.questions.first?.body["ground_truth_mode"] == "minimal")
        #expect(at.episode.redaction != nil)
    }

    @Test(
        "'auto' means minimal, and anything unknown is left to AppWorld",
        arguments: [("auto", "minimal"), ("rich", nil)])
    func modes(word: String, sent: String?) async throws {
        let server = try StubAppWorld { _, _ in .output(Self.opened) }
        defer { server.stop() }
        var at = try EpisodeAt(facts: ["ground_truth_mode": .string(word)], sandbox: PlayedContainer(server.url))
        try await hook().run(on: &at.episode, in: at.scope)
        #expect(server.questions.first?.body["ground_truth_mode"]?.stringValue == sent)
    }

    @Test("The experiment is the sample's, the hook's, or the run's")
    func experiments() async throws {
        for (own, given, name) in [("mine", "other", "mine"), (nil, "ot/her", "ot_her"), (nil, nil, "gage_run-7_dev")] {
            let server = try StubAppWorld { _, _ in .output(Self.opened) }
            defer { server.stop() }
            let facts: JSONObject = own.map { ["experiment_name": .string($0)] } ?? [:]
            var at = try EpisodeAt(facts: facts, sandbox: PlayedContainer(server.url))
            let hook = hook { parameters in
                if let given { parameters.options = ["experiment_name": .string(given)] }
            }
            try await hook.run(on: &at.episode, in: at.scope)
            #expect(server.questions.first?.body["experiment_name"]?.stringValue == name)
            #expect(AppWorldSession.of(at.episode)?.experiment == name)
        }
    }

    @Test("A container takes one task only")
    func once() async throws {
        let server = try StubAppWorld { _, _ in .output(Self.opened) }
        defer { server.stop() }
        let container = PlayedContainer(server.url)
        let hook = hook()
        var first = try EpisodeAt(sandbox: container)
        try await hook.run(on: &first.episode, in: first.scope)
        var second = try EpisodeAt(sandbox: container, trial: 1)
        let error = await #expect(throws: EvaluationError.self) {
            try await hook.run(on: &second.episode, in: second.scope)
        }
        #expect(error?.advice?.contains("per_task") ?? false)
        #expect(server.questions.count == 1)
    }

    @Test("Servers that others use too are made new before a task")
    func shared() async throws {
        let server = try StubAppWorld { question, _ in .output(question.name == "initialize" ? Self.opened : .null) }
        defer { server.stop() }
        var at = try EpisodeAt(sandbox: nil)
        try await hook { $0.environment = server.url }.run(on: &at.episode, in: at.scope)
        #expect(server.questions.map(\.name) == ["initialize", "close", "initialize"])
    }

    @Test("Failures are never sent again, and say whose they are")
    func failures() async throws {
        let cases: [(StubAppWorld.Answer?, Cause, Bool)] = [
            (.init(status: 500, body: "Internal Server Error"), .sandbox, true),
            (.init(status: 400, body: #"{"detail": "AppWorld has not been initialized."}"#), .task, false),
            (.init(status: 200, body: "not json"), .sandbox, true), (.init(status: 200, body: "{}"), .sandbox, true),
            (.output(["task_id": "b_1"]), .sandbox, true), (nil, .sandbox, true),
        ]
        for (answer, cause, isRetried) in cases {
            let server = try StubAppWorld { _, _ in answer }
            defer { server.stop() }
            var at = try EpisodeAt(sandbox: PlayedContainer(server.url))
            let error = await #expect(throws: EvaluationError.self) {
                try await hook().run(on: &at.episode, in: at.scope)
            }
            #expect(error?.cause == cause, "\(String(describing: answer))")
            #expect(error?.retry.isWorthwhile == isRetried, "\(String(describing: answer))")
            #expect(server.questions.count == 1)
        }
    }

    @Test("Saving tells the environment, and needs an open world")
    func saves() async throws {
        let server = try StubAppWorld { question, _ in .output(question.name == "initialize" ? Self.opened : .null) }
        defer { server.stop() }
        var at = try EpisodeAt(sandbox: PlayedContainer(server.url))
        let save = SaveHook(parameters: SaveParameters(), servers: Self.servers)
        await #expect(throws: EvaluationError.self) { try await save.run(on: &at.episode, in: at.scope) }
        try await hook().run(on: &at.episode, in: at.scope)
        try await save.run(on: &at.episode, in: at.scope)
        #expect(server.questions.last == .init(name: "save", body: ["task_id": "a_1"]))
        #expect(AppWorldSession.of(at.episode)?.isSaved == true)
    }

    @Test("Options that AppWorld does not have are refused with a near miss")
    func options() {
        var diagnostics = Diagnostics()
        let place = SourceLocation(file: "a.yaml", line: 3, column: 1)
        let node = ConfigNode(json: ["options": ["random_sed": 1, "gc_threshold": "x"]], location: place, path: "p")
        _ = InitializeParameters.decode(node, into: &diagnostics)
        #expect(diagnostics.all.contains { $0.advice?.contains("random_seed") ?? false })
        #expect(diagnostics.all.contains { $0.message.contains("gc_threshold") })
    }
}

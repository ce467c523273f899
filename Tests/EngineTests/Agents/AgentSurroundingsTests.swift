import Evaluation
import GageTesting
import JSON
import Testing

@testable import Engine

@Suite struct AgentHookTests {
    private func run(
        pre: Bool = false, post: Bool = false, model: any ChatModel = ScriptedModel("x")
    ) async throws -> (record: EpisodeRecord, notes: [String]) {
        let log = CallLog()
        let bench = AgentBench.counting {
            $0.hooks.hooks.register(
                Registration("begin", summary: "s") { NotingHook(name: "begin", log: log, fails: pre) })
            $0.hooks.hooks.register(
                Registration("save", summary: "s") { NotingHook(name: "save", log: log, fails: post) })
            $0.hooks.hooks.register(Registration("last", summary: "s") { NotingHook(name: "last", log: log) })
            $0.parameters.preHooks = OneOrMany([.named("begin")])
            $0.parameters.postHooks = OneOrMany([.named("save"), .named("last")])
        }
        let record = try await bench.run(model)
        return (record, log.notes)
    }

    @Test func hooksRunAroundTheAgent() async throws {
        let (record, notes) = try await run()
        #expect(notes == ["begin", "save", "last"])
        #expect(record.outcome == .scored)
    }

    @Test func aFailedPreHookEndsTheEpisodeBeforeTheAgent() async throws {
        let model = ScriptedModel("x")
        let (record, notes) = try await run(pre: true, model: model)
        #expect(notes == ["begin"])
        #expect(model.calls.isEmpty)
        #expect(record.outcome.name == "errored")
    }

    @Test func postHooksRunAfterAFailureWhichStaysTheOneReported() async throws {
        let failing = ScriptedModel { _, _ in throw EvaluationError(.providerFailed, "down", cause: .provider) }
        let (record, notes) = try await run(post: true, model: failing)
        #expect(notes == ["begin", "save", "last"])
        guard case .errored(let error) = record.outcome else {
            Issue.record("not errored")
            return
        }
        #expect(error.code == .providerFailed)
    }

    @Test func aFailedPostHookIsAnErrorAndTheOthersRun() async throws {
        let (record, notes) = try await run(post: true)
        #expect(notes == ["begin", "save", "last"])
        guard case .errored(let error) = record.outcome else {
            Issue.record("not errored")
            return
        }
        #expect(error.message == "save failed")
    }

    @Test func anUnknownHookIsReportedWithTheNearOne() {
        var registry = Registry(kits: [])
        registry.hooks.register(Registration("appworld_save", summary: "s") { NotingHook(name: "", log: CallLog()) })
        var parameters = AgentParameters()
        parameters.postHooks = OneOrMany([.named("appworld_sve")])
        var diagnostics = Diagnostics()
        _ = AgentRole(parameters).resolved(in: registry, into: &diagnostics)
        #expect(diagnostics.all.first?.advice == "did you mean 'appworld_save'?")
    }
}

@Suite struct ToolchainTests {
    private static let place = SourceLocation(file: "test.yaml", line: 1, column: 1)

    private func parameters(_ json: JSONObject) -> ToolchainParameters? {
        var diagnostics = Diagnostics()
        let node = ConfigNode(json: .object(json), location: Self.place, path: "params")
        let block = ToolchainParameters.decode(node, into: &diagnostics)
        return diagnostics.hasErrors ? nil : block
    }

    private func names(_ json: JSONObject, outputs: [JSONObject] = []) async throws -> [String] {
        var episode = Episode(
            id: EpisodeID(task: "t", sample: "s", trial: 0), seed: 0, sample: Sample(id: "s"))
        episode.sample.tools = [ToolDefinition(name: "own")]
        episode.world = CounterWorld()
        episode.supportOutputs = outputs
        let role = try ToolchainRole(try #require(parameters(json)))
        let scope = EpisodeScope.forTests(adapter: AdapterBinding(id: "tools", role: .toolchain))
        try await role.perform(on: &episode, in: scope)
        #expect(AgentRole.tools(of: episode).map(\.name) == episode.tools.map(\.name))
        return episode.tools.map(\.name)
    }

    @Test func staticToolsComeFirstThenTheSamplesThenTheWorlds() async throws {
        #expect(
            try await names(["tools": [["name": "respond"]]]) == ["respond", "own", "add", "read", "submit", "break"])
    }

    @Test func filtersHoldForTheWorldsTools() async throws {
        #expect(try await names(["tool_allowlist": ["read"]]) == ["own", "read"])
        #expect(try await names(["tool_prefixes": ["a", "s"]]) == ["own", "add", "submit"])
        #expect(try await names(["tool_prefixes": ["a"], "tool_allowlist": ["read"]]) == ["own", "add", "read"])
        #expect(try await names(["max_tools": 1]) == ["own", "add"])
    }

    @Test func earlierStepsHaveASay() async throws {
        let outputs: [JSONObject] = [["tool_allowlist": ["add"]], ["tool_prefixes": ["re"], "tool_max_tools": 1]]
        #expect(try await names([:], outputs: outputs) == ["own", "add"])
    }

    @Test func aStaticToolReplacesTheWorldsOfItsName() async throws {
        let json: JSONObject = ["tools": [["name": "read", "x-gage": ["final_answer_from": "value"]]]]
        let role = try ToolchainRole(try #require(parameters(json)))
        var episode = Episode(id: EpisodeID(task: "t", sample: "s", trial: 0), seed: 0, sample: Sample(id: "s"))
        episode.world = CounterWorld()
        try await role.perform(
            on: &episode, in: .forTests(adapter: AdapterBinding(id: "tools", role: .toolchain)))
        let tool = episode.tools.first { $0.name == "read" }
        #expect(tool?.extensions["final_answer_from"] == "value")
        #expect(tool?.json["function"]?["x-gage"] == nil)
    }

    @Test(
        arguments: [
            ["tools": [["type": "function"]]], ["tools": ["x"]],
        ] as [JSONObject])
    func whatCannotWorkIsRefusedWhenTheConfigurationIsRead(json: JSONObject) throws {
        let block = try #require(self.parameters(json))
        let error = #expect(throws: EvaluationError.self) { try ToolchainRole(block) }
        #expect(error?.cause == .configuration)
    }
}

@Suite struct ModelRoleTests {
    private func run(
        _ model: any ChatModel, prompt: (any PromptRenderer)? = nil, sample: Sample
    ) async throws -> Episode {
        var episode = Episode(id: EpisodeID(task: "t", sample: "s", trial: 0), seed: 0, sample: sample)
        let binding = AdapterBinding(id: "model", role: .dutModel, model: model, prompt: prompt)
        try await ModelRole(parameters: ModelRoleParameters()).perform(
            on: &episode, in: .forTests(adapter: binding))
        return episode
    }

    @Test func theModelIsAskedOnce() async throws {
        let model = ScriptedModel("four")
        let episode = try await run(model, sample: Sample(id: "s", messages: [.user("2+2?")]))
        #expect(episode.prediction?.answer == "four")
        #expect(model.calls.map(\.request.messages) == [[.user("2+2?")]])
        #expect(episode.trajectory.entries.map(\.speaker) == [.user, .agent])
    }

    @Test func goldDataNeverReachesAPrompt() async throws {
        var entry = PromptEntry()
        entry.promptID = "p"
        entry.template = "{{ sample }}"
        let renderer = JinjaRenderer(template: try PromptTemplate(entry))
        var sample = Sample(id: "s", messages: [.user("q")])
        sample.gold = ["answer": "the secret"]
        sample.label = "the secret"
        sample.references = ["the secret"]
        let model = ScriptedModel("x")
        _ = try await run(model, prompt: renderer, sample: sample)
        let sent = model.calls.flatMap(\.request.messages).compactMap(\.text).joined()
        #expect(sent.contains("'id': 's'"))
        #expect(!sent.contains("secret"))
    }

    @Test func aModelThatRunsOutOfContextHasFailedAtTheTask() async throws {
        let full = ScriptedModel { _, _ in throw EvaluationError(.contextWindowExceeded, "full", cause: .model) }
        let episode = try await run(full, sample: Sample(id: "s"))
        #expect(episode.trajectory.termination == .contextWindowExceeded)
        #expect(episode.prediction?.answer == nil)
    }

    @Test func aMissingModelNamesTheMissingKey() async throws {
        var episode = Episode(id: EpisodeID(task: "t", sample: "s", trial: 0), seed: 0, sample: Sample(id: "s"))
        let error = await #expect(throws: EvaluationError.self) {
            try await ModelRole(parameters: ModelRoleParameters()).perform(
                on: &episode, in: .forTests(adapter: AdapterBinding(id: "a", role: .dutModel)))
        }
        #expect(error?.advice?.contains("backend_id") == true)
    }
}

@Suite struct JudgeModelTests {
    @Test(arguments: [
        (#"{"score": 1}"#, #"{"score":1}"#),
        ("Sure!\n```json\n{\"score\": 0.5, \"why\": \"{\"}\n```", #"{"score":0.5,"why":"{"}"#),
        (#"{not json} then {"a": {"b": 2}} and {"c": 3}"#, #"{"a":{"b":2}}"#),
    ])
    func theFirstObjectOfAReplyIsTheVerdict(reply: String, object: String) throws {
        #expect(try JudgeModelRole.object(in: reply).text() == object)
    }

    @Test(arguments: ["", "no braces", "{", "{\"a\": ", "}{", "[1, 2]"])
    func aReplyWithoutObjectIsAnErrorThatMayPass(reply: String) {
        let error = #expect(throws: EvaluationError.self) { try JudgeModelRole.object(in: reply) }
        #expect(error?.retry.isWorthwhile == true)
    }
}

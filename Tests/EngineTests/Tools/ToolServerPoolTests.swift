import Evaluation
import GageConfiguration
import GageTesting
import JSON
import Testing

@testable import Engine

@Suite struct ToolServerPoolTests {
    private func run(
        _ server: ScriptedTools, sandbox: SandboxLifecycle? = nil, samples: Int = 6,
        agent: @escaping @Sendable (inout Episode, EpisodeScope) async throws -> Void = { episode, scope in
            let session = try await scope.tools.session(client: "office")
            episode.prediction = Prediction(answer: try await session.call("clock", arguments: [:]).text)
        }
    ) async throws -> TemporaryRun {
        var plan = Plan.testing(
            loader: GeneratedLoader(count: samples), agent: ClosureAdapter(agent), metric: ClosureMetric { _ in 1 })
        plan.tasks[0].concurrency = 3
        plan.tasks[0].maxRetries = 0
        plan.mcpClients = [
            PlannedMCPClient(id: "office", transportKey: "scripted", transport: server, settings: [:])
        ]
        if let sandbox {
            plan.tasks[0].steps[0].adapter?.sandbox = PlannedSandbox(
                profileID: "box", lifecycle: sandbox, overrides: [:])
            plan.sandboxProfiles = [
                PlannedSandboxProfile(
                    id: "box", runtimeKey: "test", runtime: ServiceRuntime(), settings: [:], poolSize: nil)
            ]
        }
        let run = try TemporaryRun(plan)
        _ = try await run.run()
        return run
    }

    private func errors(_ run: TemporaryRun) throws -> [EvaluationError] {
        try run.records().compactMap { if case .errored(let error) = $0.outcome { error } else { nil } }
    }

    @Test func episodesShareOneSessionWhichEndsWithTheRun() async throws {
        let server = ScriptedTools(Office.tools)
        let run = try await run(server)
        #expect(try errors(run).isEmpty)
        #expect(server.openings.map(\.endpoint) == ["http://tools.invalid/mcp"])
        #expect(server.openings[0].isInSandbox == false)
        #expect(server.calls.count == 6)
        #expect(server.closings == 1)
    }

    @Test func aSandboxesServerIsItsEpisodesOwn() async throws {
        let server = ScriptedTools(Office.tools)
        let run = try await run(server, sandbox: .perTask)
        #expect(try errors(run).isEmpty)
        #expect(Set(server.openings.map(\.endpoint)).count == 6)
        #expect(server.openings.allSatisfy { $0.isInSandbox && $0.endpoint?.hasPrefix("http://box-") == true })
        #expect(server.closings == 6)
    }

    @Test func theRunsSandboxHasOneSessionForAll() async throws {
        let server = ScriptedTools(Office.tools)
        _ = try await run(server, sandbox: .perRun)
        #expect(server.openings.count == 1)
        #expect(server.closings == 1)
    }

    @Test func aProgramHasOneSessionAndNoAddress() async throws {
        let server = ScriptedTools(Office.tools, place: .program)
        _ = try await run(server, sandbox: .perSample)
        #expect(server.openings.map(\.endpoint) == [nil])
        #expect(server.closings == 1)
    }

    @Test func aStepMayNameAnAddress() async throws {
        let server = ScriptedTools(Office.tools)
        _ = try await run(server, samples: 2) { episode, scope in
            _ = try await scope.tools.session(client: "office", endpoint: "http://other.invalid")
            episode.prediction = Prediction(answer: "x")
        }
        #expect(server.openings.map(\.endpoint) == ["http://other.invalid"])
    }

    @Test func aClientThatIsNotThereStopsTheRunWithTheNearOne() async throws {
        let server = ScriptedTools(Office.tools)
        let run = try await run(server) { _, scope in _ = try await scope.tools.session(client: "ofice") }
        let error = try #require(try errors(run).first)
        #expect(error.message == "there is no MCP client 'ofice'")
        #expect(error.advice == "did you mean 'office'?")
    }

    @Test func sessionsEndWhenEpisodesFail() async throws {
        let server = ScriptedTools(Office.tools) { _ in
            throw EvaluationError(.toolServerLost, "gone", cause: .provider)
        }
        let run = try await run(server)
        #expect(try errors(run).allSatisfy { $0.code == .toolServerLost })
        #expect(server.closings == 1)
    }
}

/// Sandboxes with an MCP server each, at an address of its own.
private struct ServiceRuntime: SandboxRuntime {
    func start(_ request: SandboxRequest) async throws -> any Sandbox { Box(identifier: request.episode.sample) }

    private struct Box: ServiceSandbox {
        let identifier: String
        var endpoints: [String: String] { ["mcp": "http://box-\(identifier).invalid"] }
        var innerEndpoints: [String: String] { endpoints }
        func hostPort(of port: Int) -> Int? { nil }
        func isAlive() async -> Bool { true }
        func stop() async {}
    }
}

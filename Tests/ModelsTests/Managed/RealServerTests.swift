import Evaluation
import FoundationEssentials
import JSON
import Testing

@testable import Models

/// A server program of others with a tiny random model, where `scripts/openai-server` has made one.
enum RealServer {
    static let variable = "GAGE_OPENAI_SERVER"

    static let program: String? = {
        guard let path = ProcessInfo.processInfo.environment[variable], !path.isEmpty else { return nil }
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }()

    static let isThere: Bool = {
        if program == nil {
            print("skipped: tests against a real server want \(variable), as scripts/openai-server says")
        }
        return program != nil
    }()
}

/// What a whole server that speaks OpenAI's protocol makes of our requests; what its random model says is no matter.
@Suite("a real server", .enabled(if: RealServer.isThere, "requires GAGE_OPENAI_SERVER"), .serialized)
struct RealServerTests {
    /// Runs a body with the managed backend, and with the address at which the server listens.
    private func run(_ body: (any ChatModel, String) async throws -> Void) async throws {
        let program = try #require(RealServer.program)
        let directory = try TemporaryDirectory()
        let port = try ServerPort.reserve(on: "127.0.0.1")
        let config: JSONObject = [
            "command": [.string(program), "{host}", "{port}"], "model": "gage/tiny", "port": JSONValue(port.number),
            "startup_timeout_s": 240, "generation_parameters": ["temperature": 0, "max_tokens": 8],
        ]
        let (factory, diagnostics) = Fixtures.factory("vllm_server", .object(config), clock: SystemModelClock())
        let made = try #require(factory, "\(diagnostics.all)")
        let resources = RunResources()
        resources.begin(
            RunSurroundings(
                artifacts: FakeServerProgram.Folder(path: directory.path),
                events: FakeServerProgram.RecordedEvents()))
        var identity = BackendIdentity(id: "real", baseDirectory: "", environment: [:])
        identity.resources = resources
        let model = try made.makeModel(for: identity)
        do {
            try await body(model, "http://127.0.0.1:\(port.number)/v1")
        } catch {
            await resources.end()
            throw error
        }
        await resources.end()
    }

    @Test func itIsStartedAndAnswersChatsStreamsToolsAndResponses() async throws {
        try await run { managed, baseURL in
            let first = try await managed.respond(to: Fixtures.request(), in: Fixtures.context())
            try check(first)
            for type in ["openai_http", "openai_responses"] {
                for streams in [false, true] {
                    let model = try Fixtures.model(
                        type,
                        [
                            "model": "gage/tiny", "base_url": .string(baseURL), "stream": .bool(streams),
                            "generation_parameters": ["temperature": 0, "max_tokens": 8],
                        ], clock: SystemModelClock())
                    let response = try await model.respond(to: Fixtures.request(), in: Fixtures.context())
                    try check(response)
                    // The same weights and no chance: the same words, in whichever way they come.
                    #expect(words(of: response) == words(of: first), "\(type), streamed: \(streams)")
                }
            }
            try await tools(managed)
            try await manyAtOnce(managed)
        }
    }

    /// The text without what a random model left of a character at its end, which the server's streams leave out.
    private func words(of response: ChatResponse) -> String {
        var text = response.message.text ?? ""
        while text.last == "\u{FFFD}" { text.removeLast() }
        return text
    }

    private func check(_ response: ChatResponse) throws {
        #expect(response.message.text?.isEmpty == false)
        #expect(response.model.hasPrefix("gage/tiny"))
        #expect(response.usage?.outputTokens == 8)
        #expect(try #require(response.usage?.inputTokens) > 10)
        #expect(response.attempts == 1)
    }

    /// A conversation with a tool's call and result is understood: it is longer than the same without.
    private func tools(_ model: any ChatModel) async throws {
        var request = Fixtures.request()
        let plain = try await model.respond(to: request, in: Fixtures.context())
        let call = ToolCall(id: "a", name: "get_weather", arguments: ["city": "Rome"])
        request.tools = [Fixtures.weatherTool]
        request.messages.append(.assistant(nil, toolCalls: [call]))
        request.messages.append(.tool(ToolResult(content: "rain"), answering: call))
        let response = try await model.respond(to: request, in: Fixtures.context())
        #expect((response.usage?.inputTokens ?? 0) > (plain.usage?.inputTokens ?? 0) + 20)
    }

    private func manyAtOnce(_ model: any ChatModel) async throws {
        let texts = try await withThrowingTaskGroup(of: String?.self) { group in
            for index in 0..<12 {
                group.addTask {
                    try await model.respond(to: Fixtures.request(), in: Fixtures.context(index: index)).message.text
                }
            }
            return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
        }
        #expect(texts.count == 1)
    }
}

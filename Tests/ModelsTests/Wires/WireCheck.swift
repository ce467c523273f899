import Evaluation
import JSON
import Models
import Server
import Testing

/// What every backend that calls a server has to do; the table in docs/models.md is made of these.
enum WireCheck: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case text = "text, with instructions"
    case calls = "several tool calls at once, and their results"
    case reasoning = "reasoning read beside the reply"
    case images = "images, by address and in Base64"
    case cachedTokens = "tokens read from the prompt cache"
    case reasoningTokens = "tokens of reasoning"
    case schema = "replies of a JSON schema"
    case length = "a reply cut at the token limit"
    case throttled = "429 and `Retry-After`: waited for and repeated"
    case serverError = "500: repeated"
    case reset = "a reset connection: repeated"
    case truncated = "a truncated reply: repeated"
    case malformed = "a malformed reply: repeated"
    case empty = "an empty reply: an error"
    case brokenArguments = "broken tool arguments: the model's fault"
    case silence = "silence: ended by `timeout`, repeated"
    case secrets = "the key in no address and no error"

    var testDescription: String { rawValue }

    /// Why a protocol cannot have it; nil where it can.
    func exception(for wire: MockedWire) -> String? {
        switch (self, wire) {
        case (.reasoningTokens, .anthropic): "not counted by the protocol"
        default: nil
        }
    }

    /// The table as the documentation has it.
    static var table: String {
        let wires = MockedWire.allCases
        var lines = ["| | " + wires.map { "`\($0.rawValue)`" }.joined(separator: " | ") + " |"]
        lines.append("| --- |" + wires.map { _ in " --- |" }.joined())
        for check in allCases {
            let cells = wires.map { check.exception(for: $0) ?? "✓" }
            lines.append("| \(check.rawValue) | " + cells.joined(separator: " | ") + " |")
        }
        return lines.joined(separator: "\n")
    }
}

/// Performs the checks of one backend type, streamed or not.
struct WireChecker {
    let wire: MockedWire
    let streams: Bool

    func perform(_ check: WireCheck) async throws {
        switch check {
        case .text: try await text()
        case .calls: try await calls()
        case .reasoning, .cachedTokens, .reasoningTokens: try await usage(check)
        case .images: try await images()
        case .schema: try await schema()
        case .length: try await length()
        case .throttled: try await passing(.rateLimit, .providerRateLimited)
        case .serverError: try await passing(.serverError, .providerFailed)
        case .reset: try await passing(.reset, .providerUnreachable)
        case .truncated: try await passing(.truncatedBody, .providerUnreachable)
        case .malformed: try await passing(.malformedJSON, .providerMalformedReply)
        case .empty: try await empty()
        case .brokenArguments: try await brokenArguments()
        case .silence: try await silence()
        case .secrets: try await secrets()
        }
    }

    private func server(_ brain: any MockBrain, _ faults: [MockFault] = []) -> MockServer {
        var configuration = MockConfiguration()
        configuration.faults = faults
        configuration.retryAfter = 7
        return MockServer(configuration: configuration, brain: brain)
    }

    private func ask(
        _ request: ChatRequest = Fixtures.request(), of server: MockServer, _ more: JSONObject = [:],
        clock: any ModelClock = SkippingClock()
    ) async throws -> ChatResponse {
        try await server.withRunningServer { baseURL in
            try await wire.model(at: baseURL, streams: streams, more, clock: clock)
                .respond(to: request, in: Fixtures.context())
        }
    }

    private func text() async throws {
        let long = "Hällo there, and then some more than fits into one piece of a stream."
        let response = try await ask(of: server(FixedBrain(long)))
        #expect(response.message.text == long)
        #expect(response.finishReason == .stop)
        #expect((response.usage?.inputTokens ?? 0) > 0 && (response.usage?.outputTokens ?? 0) > 0)
        let heard = try await ask(of: server(LookingBrain()))
        #expect(heard.message.text == "Be brief.")
    }

    private func calls() async throws {
        let wanted = [
            ToolCall(id: "a", name: "get_weather", arguments: ["city": "Köln", "days": [1, 2]]),
            ToolCall(id: "b", name: "get_weather", arguments: [:]),
        ]
        let server = server(TellingBrain(first: MockReply("Let me see.", toolCalls: wanted)))
        try await server.withRunningServer { baseURL in
            let model = try wire.model(at: baseURL, streams: streams)
            var request = Fixtures.request()
            request.tools = [Fixtures.weatherTool]
            let response = try await model.respond(to: request, in: Fixtures.context())
            #expect(response.message.toolCalls == wanted)
            #expect(response.message.text == "Let me see.")
            #expect(response.finishReason == .toolCalls)
            request.messages.append(try Message(json: response.message.json))
            request.messages.append(.tool(ToolResult(content: "rain"), answering: wanted[0]))
            request.messages.append(.tool(ToolResult(content: "sun"), answering: wanted[1]))
            let second = try await model.respond(to: request, in: Fixtures.context(index: 1))
            #expect(second.message.text == "a:get_weather;b:get_weather a=rain;b=sun")
        }
    }

    private func usage(_ check: WireCheck) async throws {
        var reply = MockReply("Done.", reasoning: "First this, then that, and so on for a while.")
        reply.usage = Usage(inputTokens: 90, outputTokens: 30, cachedInputTokens: 60, reasoningTokens: 20)
        let response = try await ask(of: server(FixedBrain(reply)))
        #expect(response.usage?.inputTokens == 90 && response.usage?.outputTokens == 30)
        switch check {
        case .reasoning: #expect(response.message.reasoning == reply.reasoning)
        case .cachedTokens: #expect(response.usage?.cachedInputTokens == 60)
        default: #expect(response.usage?.reasoningTokens == 20)
        }
    }

    private func images() async throws {
        var request = Fixtures.request()
        let urls = ["https://example.org/a.png", "data:image/png;base64,aGk="]
        let segments: [Message.Segment] =
            [.text("What is this?")]
            + urls.map { .other(["type": "image_url", "image_url": ["url": .string($0)]]) }
        request.messages.append(Message(role: .user, content: .segments(segments)))
        let response = try await ask(request, of: server(LookingBrain()))
        #expect(response.message.text == "Be brief. " + urls.joined(separator: " "))
    }

    private func schema() async throws {
        var request = Fixtures.request()
        let schema: JSONObject = ["type": "object", "properties": ["shade": ["type": "string"]]]
        request.responseFormat = .jsonSchema(name: "colour", schema: schema)
        let server = server(FixedBrain(#"{"shade":"blue"}"#))
        _ = try await ask(request, of: server)
        #expect(server.requests.first?.body.text().contains("shade") == true)
    }

    private func length() async throws {
        var reply = MockReply("Once upon")
        reply.finishReason = "length"
        #expect(try await ask(of: server(FixedBrain(reply))).finishReason == .length)
    }

    private func passing(_ kind: MockFault.Kind, _ code: EvaluationError.Code) async throws {
        let clock = SkippingClock()
        let broken = server(FixedBrain("Hello, this is a reply."), [MockFault(kind, .every(1))])
        let error = try await evaluationError { try await ask(of: broken, ["max_retries": 1], clock: clock) }
        #expect(error.code == code && error.cause == .provider && error.retry.isWorthwhile, "\(error)")
        #expect(broken.statistics.requests == 2)
        if kind == .rateLimit { #expect(clock.waits.contains { $0 >= 7 }) }
    }

    private func empty() async throws {
        let broken = server(FixedBrain("Hello!"), [MockFault(.emptyChoices, .every(1))])
        let error = try await evaluationError { try await ask(of: broken, ["max_retries": 0]) }
        #expect([.providerMalformedReply, .modelEmptyReply].contains(error.code), "\(error)")
    }

    private func brokenArguments() async throws {
        let reply = MockReply(toolCalls: [ToolCall(id: "a", name: "get_weather", arguments: ["city": "Köln"])])
        let broken = server(FixedBrain(reply), [MockFault(.malformedToolJSON, .every(1))])
        let error = try await evaluationError { try await ask(of: broken) }
        #expect(error.code == .modelMalformedToolCall && error.cause == .model, "\(error)")
        #expect(broken.statistics.requests == 1)
    }

    private func silence() async throws {
        let silent = server(FixedBrain("Hello!"), [MockFault(.hang, .every(1))])
        let error = try await evaluationError {
            try await ask(of: silent, ["timeout": 0.2, "max_retries": 1])
        }
        #expect(error.code == .providerTimeout && error.retry.isWorthwhile, "\(error)")
        #expect(silent.statistics.requests == 2)
    }

    private func secrets() async throws {
        struct Gossip: MockBrain {
            func reply(to request: MockRequest) async -> MockReply {
                let fields = request.headers.values.sorted().joined(separator: " ")
                return MockReply(failure: .init(status: 400, message: "you sent \(fields)"))
            }
        }
        let error = try await evaluationError { try await ask(of: server(Gossip())) }
        #expect(error.message.contains("you sent") && !error.description.contains("key-1234"), "\(error)")
    }
}

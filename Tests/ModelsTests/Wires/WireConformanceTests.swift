import Evaluation
import JSON
import Models
import Testing

/// What every wire format has to do, against a server on this machine that gives recorded answers.
@Suite struct WireConformanceTests {
    private func model(
        _ wire: RecordedWire, _ baseURL: String, streams: Bool = false, clock: SkippingClock = SkippingClock(),
        _ more: JSONObject = [:]
    ) throws -> any ChatModel {
        var config = wire.config
        config["base_url"] = .string(baseURL)
        config["api_key"] = "key-12345678"
        config["stream"] = .bool(streams)
        config["generation_parameters"] = ["max_new_tokens": 100]
        return try Fixtures.model(wire.type, .object(config.merging(more)), clock: clock)
    }

    private func failure(_ wire: RecordedWire, _ failure: RecordedFailure) async throws -> EvaluationError {
        try await RecordedServer([RecordedAnswer(status: failure.status, body: failure.body)]).run { baseURL in
            try await evaluationError {
                try await model(wire, baseURL, ["max_retries": 0])
                    .respond(to: Fixtures.request(), in: Fixtures.context())
            }
        }
    }

    @Test(arguments: RecordedWire.all, [nil, 1, 7, Int.max])
    func aPlainAnswerArrives(wire: RecordedWire, streamPiece: Int?) async throws {
        let answer =
            streamPiece.map { RecordedAnswer.events(wire.plainStream, pieceSize: $0) } ?? .json(wire.plain)
        let server = try RecordedServer([answer])
        try await server.run { baseURL in
            let response = try await model(wire, baseURL, streams: streamPiece != nil)
                .respond(to: Fixtures.request(), in: Fixtures.context())
            #expect(response.message == .assistant("Hällo there."))
            #expect(response.finishReason == .stop)
            #expect(response.model == "m-1")
            #expect(response.usage == wire.usage)
            #expect(response.cost == nil, "a model of the same name on another server has another price")
        }
        let request = try #require(server.requests.first)
        #expect(request.target == (streamPiece == nil ? wire.target : wire.streamTarget))
        #expect(request.headers[wire.keyHeader.name] == wire.keyHeader.value)
        #expect(!request.target.contains("key-"))
    }

    @Test(arguments: RecordedWire.all, [false, true])
    func callsAtOnceAreReadAndTheirResultsAreSent(wire: RecordedWire, streams: Bool) async throws {
        let server = try RecordedServer(
            streams
                ? [.events(wire.callsStream, pieceSize: 5), .events(wire.plainStream)]
                : [.json(wire.calls), .json(wire.plain)])
        try await server.run { baseURL in
            let model = try model(wire, baseURL, streams: streams)
            var request = Fixtures.request()
            request.tools = [Fixtures.weatherTool]
            let response = try await model.respond(to: request, in: Fixtures.context())
            let calls = [
                ToolCall(id: "a", name: "get_weather", arguments: ["city": "Köln"]),
                ToolCall(id: "b", name: "get_weather", arguments: ["city": "Bonn"]),
            ]
            #expect(response.message.toolCalls == calls)
            #expect(response.message.text == "Let me see.")
            #expect(response.message.reasoning == wire.reasoning)
            #expect(response.finishReason == .toolCalls)
            // What is carried survives a journal.
            request.messages.append(try Message(json: response.message.json))
            request.messages.append(.tool(ToolResult(content: "rain"), answering: calls[0]))
            request.messages.append(.tool(ToolResult(content: "no such city", isError: true), answering: calls[1]))
            _ = try await model.respond(to: request, in: Fixtures.context(index: 1))
        }
        let body = try #require(server.requests.last?.body)
        for (key, value) in wire.followUp {
            #expect(body[key] == value, "\(key): \(body[key]?.text() ?? "absent")")
        }
    }

    @Test(arguments: [
        ("anthropic/m", RecordedWire.anthropic), ("gemini/m", .gemini), ("azure/my dep", .azure),
    ])
    func liteLLMNamesAreCalledInTheProvidersProtocol(name: String, wire: RecordedWire) async throws {
        let server = try RecordedServer([.json(wire.plain)])
        try await server.run { baseURL in
            let resolver = ModelNameResolver(client: Fixtures.client, clock: SkippingClock())
            let parameters: JSONObject = [
                "api_base": .string(baseURL), "api_key": "key-12345678", "api_version": "2024-10-21",
                "temperature": 0,
            ]
            let model = try resolver.factory(named: name, parameters: parameters)
                .makeModel(for: BackendIdentity(id: name, baseDirectory: "", environment: [:]))
            let response = try await model.respond(to: Fixtures.request(), in: Fixtures.context())
            #expect(response.message.text == "Hällo there." && response.usage == wire.usage)
        }
        let request = try #require(server.requests.first)
        #expect(request.target == wire.target && request.headers[wire.keyHeader.name] == wire.keyHeader.value)
    }

    @Test(arguments: RecordedWire.all)
    func anotherProvidersBlocksAreNotSent(wire: RecordedWire) async throws {
        for other in RecordedWire.all where other.reasoning != nil && other.type != wire.type {
            let server = try RecordedServer([.json(other.calls)])
            let message = try await server.run { baseURL in
                try await model(other, baseURL).respond(to: Fixtures.request(), in: Fixtures.context()).message
            }
            let receiver = try RecordedServer([.json(wire.plain)])
            try await receiver.run { baseURL in
                var request = Fixtures.request()
                request.messages.append(message)
                _ = try await model(wire, baseURL).respond(to: request, in: Fixtures.context())
            }
            let sent = try #require(receiver.requests.first).body.text()
            #expect(!sent.contains("c2ln") && !sent.contains("provider_block") && sent.contains("Let me see."))
        }
    }

    @Test(arguments: RecordedWire.all)
    func failuresAreTyped(wire: RecordedWire) async throws {
        let unauthorized = try await failure(wire, wire.unauthorized)
        #expect(unauthorized.code == .providerUnauthorized && unauthorized.retry == .never)
        let tooLong = try await failure(wire, wire.tooLong)
        #expect(tooLong.code == .contextWindowExceeded && tooLong.cause == .model)
        let overloaded = try await failure(wire, wire.overloaded)
        #expect(overloaded.code == .providerFailed && overloaded.cause == .provider && overloaded.retry.isWorthwhile)
        let filtered = try await failure(wire, wire.filtered)
        #expect(filtered.code == .modelRefused && filtered.cause == .model, "\(filtered)")
        let malformed = try await failure(wire, RecordedFailure(status: 200, body: wire.malformedCall))
        #expect(malformed.code == .modelMalformedToolCall && malformed.cause == .model && malformed.retry == .never)
        for nonsense in ["{}", "[]", "null", "<html>", ""] {
            let error = try await failure(wire, RecordedFailure(status: 200, body: nonsense))
            #expect(error.code == .providerMalformedReply && error.retry.isWorthwhile, "\(nonsense): \(error)")
        }
        let gossip = try await failure(
            wire, RecordedFailure(status: 400, body: #"{"error":{"message":"you sent key-12345678"}}"#))
        #expect(gossip.message.contains("you sent ***"))
    }

    @Test(arguments: RecordedWire.all, [false, true])
    func theProvidersWaitIsKeptAndFailuresOfTheMomentAreRepeated(wire: RecordedWire, streams: Bool) async throws {
        let clock = SkippingClock()
        let limited = RecordedAnswer(
            status: 429, headers: ["Content-Type": "application/json", "Retry-After": "7"],
            body: #"{"error":{"message":"slow down"}}"#)
        let broken = RecordedAnswer(status: 500, body: #"{"error":{"message":"oops"}}"#)
        let answer: RecordedAnswer = streams ? .events(wire.plainStream) : .json(wire.plain)
        try await RecordedServer([limited, broken, answer]).run { baseURL in
            let response = try await model(wire, baseURL, streams: streams, clock: clock)
                .respond(to: Fixtures.request(), in: Fixtures.context())
            #expect(response.attempts == 3 && response.message.text == "Hällo there.")
        }
        #expect(clock.waits.count == 2)
        #expect(clock.waits.first.map { $0 >= 7 && $0 <= 7.25 } == true)
    }

    @Test(arguments: RecordedWire.all, [false, true])
    func aReplyThatBreaksOffIsTheProvidersFault(wire: RecordedWire, streams: Bool) async throws {
        var answer: RecordedAnswer = streams ? .events(wire.plainStream) : .json(wire.plain)
        answer.missingBytes = answer.body.utf8.count / 2
        let body = String(decoding: Array(wire.plainStream.utf8.prefix(60)), as: UTF8.self) + "\n\n"
        // Announced bytes that never come, and a stream that ends in good order before the reply does.
        for answer in streams ? [answer, .events("data: {}\n\n"), .events(body)] : [answer] {
            let error = try await RecordedServer([answer]).run { baseURL in
                try await evaluationError {
                    try await model(wire, baseURL, streams: streams, ["max_retries": 0])
                        .respond(to: Fixtures.request(), in: Fixtures.context())
                }
            }
            #expect(error.cause == .provider && error.retry.isWorthwhile, "\(error)")
        }
    }

    @Test(arguments: RecordedWire.all, [false, true])
    func silenceIsATimeout(wire: RecordedWire, streams: Bool) async throws {
        try await RecordedServer([RecordedAnswer(body: "", hangs: true)]).run { baseURL in
            let error = try await evaluationError {
                try await model(wire, baseURL, streams: streams, ["timeout": 0.05, "max_retries": 0])
                    .respond(to: Fixtures.request(), in: Fixtures.context())
            }
            #expect(error.code == .providerTimeout && error.retry == .worthwhile)
        }
    }

    @Test(arguments: RecordedWire.all, [false, true])
    func cancellationEndsACall(wire: RecordedWire, streams: Bool) async throws {
        let server = try RecordedServer([RecordedAnswer(body: "", hangs: true)])
        try await server.run { baseURL in
            let patient = try model(wire, baseURL, streams: streams)
            let task = Task { try await patient.respond(to: Fixtures.request(), in: Fixtures.context()) }
            #expect(await eventuallyInRealTime { server.requests.count == 1 })
            task.cancel()
            await #expect(throws: CancellationError.self) { _ = try await task.value }
        }
    }
}

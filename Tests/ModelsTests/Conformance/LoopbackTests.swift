import Evaluation
import JSON
import Models
import Server
import Testing

/// The HTTP backends against a real server on this machine that misbehaves.
@Suite struct LoopbackTests {
    private func server(
        _ faults: [MockFault] = [], brain: any MockBrain = FixedBrain("Hello!"),
        _ adjust: (inout MockConfiguration) -> Void = { _ in }
    ) -> MockServer {
        var configuration = MockConfiguration()
        configuration.faults = faults
        adjust(&configuration)
        return MockServer(configuration: configuration, brain: brain)
    }

    private func model(
        _ baseURL: String, _ config: JSONObject = [:], clock: any ModelClock = SkippingClock()
    ) throws -> any ChatModel {
        let own: JSONObject = ["model": "m", "base_url": .string(baseURL)]
        return try Fixtures.model("openai_http", .object(own.merging(config)), clock: clock)
    }

    @Test(
        arguments: [
            (MockFault.Kind.rateLimit, EvaluationError.Code.providerRateLimited), (.serverError, .providerFailed),
            (.reset, .providerUnreachable), (.truncatedBody, .providerUnreachable),
            (.malformedJSON, .providerMalformedReply), (.emptyChoices, .providerMalformedReply),
        ], [false, true])
    func passingFaultsAreTypedAndRetried(fault: (MockFault.Kind, EvaluationError.Code), streams: Bool) async throws {
        let (kind, code) = fault
        // Every second request fails: one repetition heals each.
        try await server([MockFault(kind, .every(2))]).withRunningServer { baseURL in
            let patient = try model(baseURL, ["stream": .bool(streams)])
            #expect(try await patient.respond(to: Fixtures.request(), in: Fixtures.context()).attempts == 1)
            let second = try await patient.respond(to: Fixtures.request(), in: Fixtures.context(index: 1))
            // The transport repeats a request by itself when a kept connection turns out to be dead.
            #expect(second.attempts == (kind == .reset ? 1 : 2) && second.message.text == "Hello!")
        }
        let broken = server([MockFault(kind, .every(1))])
        try await broken.withRunningServer { baseURL in
            let hasty = try model(baseURL, ["stream": .bool(streams), "max_retries": 1])
            let error = try await evaluationError {
                try await hasty.respond(to: Fixtures.request(), in: Fixtures.context())
            }
            #expect(error.code == code && error.cause == .provider && error.retry.isWorthwhile, "\(error)")
        }
        #expect(broken.statistics.faults == [kind: 2])
    }

    @Test func theServersWaitIsKept() async throws {
        let clock = SkippingClock()
        try await server([MockFault(.rateLimit, .every(2))]) { $0.retryAfter = 7 }.withRunningServer { baseURL in
            let model = try model(baseURL, clock: clock)
            for index in 0..<2 {
                _ = try await model.respond(to: Fixtures.request(), in: Fixtures.context(index: index))
            }
        }
        #expect(clock.waits.count == 1)
        #expect(clock.waits.allSatisfy { $0 >= 7 && $0 <= 7.25 })
    }

    @Test(arguments: [false, true])
    func brokenToolArgumentsAreTheModelsFaultAndNotRetried(streams: Bool) async throws {
        let call = ToolCall(id: "", name: "f", arguments: ["city": "Köln"])
        let server = server([MockFault(.malformedToolJSON, .every(1))], brain: FixedBrain(MockReply(toolCalls: [call])))
        try await server.withRunningServer { baseURL in
            let error = try await evaluationError {
                try await model(baseURL, ["stream": .bool(streams)])
                    .respond(to: Fixtures.request(), in: Fixtures.context())
            }
            #expect(error.code == .modelMalformedToolCall && error.cause == .model)
            #expect(error.message.contains(#"{"city""#))
        }
        #expect(server.statistics.requests == 1)
    }

    @Test(arguments: [false, true])
    func aServerThatNeverAnswersIsATimeout(streams: Bool) async throws {
        try await server([MockFault(.hang, .every(1))]).withRunningServer { baseURL in
            let error = try await evaluationError {
                try await model(baseURL, ["timeout": 0.05, "max_retries": 0, "stream": .bool(streams)])
                    .respond(to: Fixtures.request(), in: Fixtures.context())
            }
            #expect(error.code == .providerTimeout && error.retry == .worthwhile)
        }
    }

    @Test func aSlowStreamArrivesWhole() async throws {
        let text = String(repeating: "x", count: 240)
        let server = server([MockFault(.slowStream, .every(1))], brain: FixedBrain(text)) {
            $0.slowStreamMilliseconds = 5
        }
        try await server.withRunningServer { baseURL in
            let model = try model(baseURL, ["stream": true, "max_retries": 0], clock: SystemModelClock())
            let response = try await model.respond(to: Fixtures.request(), in: Fixtures.context())
            #expect(response.message.text == text)
            // Ten pieces of text and four more events, each after its pause.
            #expect(response.duration > 14 * 0.005)
        }
    }

    @Test func cancellationEndsARequestInFlight() async throws {
        let server = server([MockFault(.hang, .every(1))])
        try await server.withRunningServer { baseURL in
            let model = try model(baseURL)
            let task = Task { try await model.respond(to: Fixtures.request(), in: Fixtures.context()) }
            #expect(await eventuallyInRealTime { server.statistics.requests >= 1 })
            task.cancel()
            await #expect(throws: CancellationError.self) { _ = try await task.value }
        }
    }

    @Test func aStreamWithoutDoneIsAccepted() async throws {
        try await server { $0.sendsDone = false }.withRunningServer { baseURL in
            let response = try await model(baseURL, ["stream": true])
                .respond(to: Fixtures.request(), in: Fixtures.context())
            #expect(response.message.text == "Hello!" && response.usage != nil)
        }
    }

    @Test func nobodyListeningIsUnreachable() async throws {
        let clock = SkippingClock()
        let error = try await evaluationError {
            try await model("http://127.0.0.1:1/v1", ["max_retries": 2], clock: clock)
                .respond(to: Fixtures.request(), in: Fixtures.context())
        }
        #expect(error.code == .providerUnreachable && error.message.contains("the last of 3 attempts"))
        #expect(clock.waits.count == 2)
    }

    @Test func theRequestCarriesKeyHeadersAndEpisode() async throws {
        let server = server()
        try await server.withRunningServer { baseURL in
            let config: JSONObject = ["api_key": "sk-12345678", "extra_headers": ["X-Team": "evals"]]
            _ = try await model(baseURL, config).respond(to: Fixtures.request(), in: Fixtures.context(index: 2))
            _ = try await model(baseURL, ["send_episode_headers": false])
                .respond(to: Fixtures.request(), in: Fixtures.context())
        }
        let first = try #require(server.requests.first)
        #expect(first.headers["authorization"] == "***")
        #expect(first.headers["x-team"] == "evals")
        #expect(first.episode == Fixtures.context().episode)
        #expect(first.headers["x-gage-call"] == "2" && first.headers["x-gage-purpose"] == "agent")
        #expect(first.body["model"] == "m")
        let second = try #require(server.requests.last)
        #expect(second.episode == nil && second.headers["authorization"] == nil)
    }

    @Test func secretsReachNeitherErrorsNorCassettesNorCaches() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path
        struct Gossip: MockBrain {
            func reply(to request: MockRequest) async -> MockReply {
                let key = request.headers["authorization"] ?? ""
                return MockReply(failure: .init(status: request.call == 0 ? 401 : 400, message: "you sent \(key)"))
            }
        }
        try await server(brain: Gossip()).withRunningServer { baseURL in
            var options = RunModelOptions()
            options.cassette = try CassetteWriter(path: path + "/cassette.jsonl")
            options.cache = RunCache(MemoryResponseCache())
            let model = options.decorate(try model(baseURL, ["api_key": "sk-very-secret-key"]), backend: "b")
            for index in 0..<2 {
                let error = try await evaluationError {
                    try await model.respond(to: Fixtures.request(), in: Fixtures.context(index: index))
                }
                #expect(error.message.contains("you sent"))
                #expect(!error.description.contains("sk-very"))
            }
        }
        #expect(!(try readText(path + "/cassette.jsonl")).contains("sk-very"))
    }

    @Test func theCapOnCallsHoldsAtTheServer() async throws {
        let server = server { $0.latencyMilliseconds = 5 }
        try await server.withRunningServer { baseURL in
            let model = try model(baseURL, ["async_max_concurrency": 3])
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<40 {
                    group.addTask {
                        _ = try await model.respond(to: Fixtures.request(), in: Fixtures.context(index: index))
                    }
                }
                try await group.waitForAll()
            }
        }
        #expect(server.statistics.requests == 40)
        #expect(server.statistics.maximumInFlight <= 3)
    }

    @Test func aStormOfMixedFaultsIsWeathered() async throws {
        let server = server(
            [
                MockFault(.rateLimit, .share(0.1)), MockFault(.serverError, .share(0.1)),
                MockFault(.reset, .share(0.1)),
                MockFault(.malformedJSON, .share(0.1)), MockFault(.truncatedBody, .share(0.05)),
                MockFault(.emptyChoices, .share(0.05)),
            ], brain: EchoBrain()
        ) { $0.jitterMilliseconds = 2 }
        try await server.withRunningServer { baseURL in
            let model = try model(baseURL, ["max_retries": 40])
            let answers = try await withThrowingTaskGroup(of: Bool.self) { group in
                for index in 0..<200 {
                    group.addTask {
                        let request = Fixtures.request("number \(index)")
                        let context = Fixtures.context(sample: "s\(index)", seed: UInt64(index))
                        return try await model.respond(to: request, in: context).message.text == "number \(index)"
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.count == 200 && answers.allSatisfy { $0 })
        }
        #expect(server.statistics.faults.count == 6)
        #expect(server.statistics.inFlight == 0)
    }
}

import Evaluation
import JSON
import Models
import Synchronization
import Testing

@Suite struct RunModelsTests {
    private final class CountingFactory: ChatModelFactory {
        private let count = Mutex(0)
        let model: any ChatModel

        init(_ model: any ChatModel) { self.model = model }

        var made: Int { count.withLock { $0 } }

        func makeModel(for backend: BackendIdentity) throws -> any ChatModel {
            count.withLock { $0 += 1 }
            return model
        }
    }

    private func models(
        _ factory: any ChatModelFactory, options: RunModelOptions = RunModelOptions()
    ) -> RunModels {
        RunModels(
            backends: [("agent_llm", factory)],
            resolver: ModelNameResolver(client: Fixtures.client, clock: SkippingClock()), baseDirectory: "",
            environment: ["OPENAI_API_KEY": "k"], options: options)
    }

    @Test func aModelIsMadeOnceWhenItIsFirstAskedFor() async throws {
        let factory = CountingFactory(StubModel { _, _, _ in .text("a") })
        let models = models(factory)
        #expect(factory.made == 0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 { group.addTask { _ = try models.model(backend: "agent_llm") } }
            try await group.waitForAll()
        }
        #expect(factory.made == 1)
    }

    @Test func anUnknownBackendIsNamedWithItsNeighbour() async throws {
        let models = models(CountingFactory(StubModel { _, _, _ in .text("a") }))
        let error = try await evaluationError { try models.model(backend: "agent_lm") }
        #expect(error.code == .configurationInvalid)
        #expect(error.advice == "did you mean 'agent_llm'?")
    }

    @Test func decoratorsStandInTheDocumentedOrder() async throws {
        let directory = try TemporaryDirectory()
        let responses = MemoryResponseCache()
        var options = RunModelOptions()
        options.cache = RunCache(responses)
        let base = StubModel { _, _, _ in .text("a", usage: Usage(inputTokens: 6, outputTokens: 4)) }
        let factory = CountingFactory(TellingModel(base: base))
        let context = Fixtures.context()
        _ = try await models(factory, options: options).model(backend: "agent_llm")
            .respond(to: Fixtures.request(), in: context)
        options.cache = RunCache(responses)
        options.cassette = try CassetteWriter(path: directory.path + "/c.jsonl")
        var spent = ModelBudget.Spending()
        spent.tokens = 10
        options.budget = ModelBudget(maximumTokens: 10, spent: spent)
        let model = try models(factory, options: options).model(backend: "agent_llm")
        // The budget is used up; a cached answer still comes, and is recorded.
        #expect(try await model.respond(to: Fixtures.request(), in: context).isReplayed)
        let error = try await evaluationError { try await model.respond(to: Fixtures.request("new"), in: context) }
        #expect(error.code == .budgetExhausted)
        #expect(base.calls == 1)
        let lines = try readText(directory.path + "/c.jsonl").split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines[2].contains("\"replayed\":true"))
        #expect(lines[3].contains("run.budget_exhausted"))
    }

    @Test func aCassetteAnswersForModelsThatAreNotMade() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/c.jsonl"
        let base = StubModel(name: "real") { _, request, _ in .text("to \(request.messages.last?.text ?? "")") }
        do {
            var options = RunModelOptions()
            options.cassette = try CassetteWriter(path: path)
            let models = models(CountingFactory(base), options: options)
            _ = try await models.model(backend: "agent_llm").respond(to: Fixtures.request(), in: Fixtures.context())
        }
        var options = RunModelOptions()
        let player = try CassettePlayer(path: path)
        options.player = player
        let factory = CountingFactory(base)
        let models = models(factory, options: options)
        let model = try models.model(backend: "agent_llm")
        #expect(model.name == "real")
        #expect(try await model.respond(to: Fixtures.request(), in: Fixtures.context()).message.text == "to Hello")
        let other = try models.model(named: "gpt-4.1", parameters: [:])
        let error = try await evaluationError {
            try await other.respond(to: Fixtures.request(), in: Fixtures.context())
        }
        #expect(error.message.contains("asked of 'agent_llm'"), "\(error)")
        #expect(factory.made == 0)
        #expect(player.tally.answered == 1 && player.tally.missed == 1)
    }

    @Test func theObserverHearsOfRepetitionsBehindARateLimit() async throws {
        let seen = Shared(0)
        var options = RunModelOptions()
        options.observer = { _ in seen.withLock { $0 += 1 } }
        let clock = SkippingClock()
        let base = StubModel { number, _, _ in
            if number == 0 { throw EvaluationError(.providerFailed, "x", cause: .provider, retry: .worthwhile) }
            return .text("a")
        }
        let limiter = RateLimiter(RateLimits(concurrency: 1), clock: clock)
        let limited = RetryingModel(base, limiter: limiter, clock: clock)
        let model = try models(CountingFactory(limited), options: options).model(backend: "agent_llm")
        _ = try await model.respond(to: Fixtures.request(), in: Fixtures.context())
        #expect(seen.withLock { $0 } == 1)
    }

    @Test func namesGiveModelsAndTheSameOnesAgain() throws {
        let models = models(CountingFactory(StubModel { _, _, _ in .text("a") }))
        #expect(try models.model(named: "gpt-4.1", parameters: ["temperature": 0.0]).name == "gpt-4.1")
        #expect(try models.model(named: "openai/x", parameters: ["api_base": "http://localhost/v1"]).name == "x")
    }

    @Test(
        arguments: [
            ("bedrock/claude-x", [:], "does not speak"), ("gpt-4.1", ["timeout": "soon"], "timeout"),
            ("llama", [:], "whose model"),
        ] as [(String, JSONObject, String)])
    func namesThatMeanNothingAreConfigurationErrors(
        name: String, parameters: JSONObject, words: String
    ) async throws {
        let models = models(CountingFactory(StubModel { _, _, _ in .text("a") }))
        let error = try await evaluationError { try models.model(named: name, parameters: parameters) }
        #expect(error.code == .configurationInvalid)
        #expect(error.description.contains(words), "\(error)")
    }
}

import Evaluation
import JSON
import Testing

@testable import Models

@Suite struct CachedModelTests {
    private func counting() -> StubModel {
        StubModel { number, _, _ in .text("answer \(number)", usage: Usage(inputTokens: 3, outputTokens: 4), cost: 0.5)
        }
    }

    /// A model of a run that has just begun, on what earlier runs left.
    private func model(
        _ base: any ChatModel, _ responses: any ResponseCache, mode: CacheMode = .readWrite
    ) -> CachedModel {
        CachedModel(base, cache: RunCache(responses, mode: mode), backend: "b")
    }

    @Test func theNextRunIsAnsweredFromTheCache() async throws {
        let responses = MemoryResponseCache()
        let base = counting()
        let first = try await model(base, responses).respond(to: Fixtures.request(), in: Fixtures.context())
        let cache = RunCache(responses)
        let second = try await CachedModel(base, cache: cache, backend: "b").respond(
            to: Fixtures.request(), in: Fixtures.context())
        #expect(!first.isReplayed && second.isReplayed)
        #expect(second.message == first.message && second.usage == first.usage && second.cost == first.cost)
        #expect(base.calls == 1)
        let counts = try #require(cache.counts["b"])
        #expect(counts.calls == 1 && counts.answered == 1 && counts.tokens == 7 && counts.cost == 0.5)
    }

    @Test func whatDecidesTheAnswerOrTellsDrawsApartIsInTheKey() async throws {
        var warm = Fixtures.request()
        warm.parameters = ["temperature": 1.0]
        var tooled = Fixtures.request()
        tooled.tools = [Fixtures.weatherTool]
        var again = Fixtures.context()
        again.attempt = 1
        let calls: [(ChatRequest, CallContext)] = [
            (Fixtures.request(), Fixtures.context()), (Fixtures.request("Bye"), Fixtures.context()),
            (warm, Fixtures.context()), (tooled, Fixtures.context()),
            (Fixtures.request(), Fixtures.context(sample: "s2")), (Fixtures.request(), Fixtures.context(trial: 1)),
            (Fixtures.request(), Fixtures.context(index: 1)), (Fixtures.request(), Fixtures.context(purpose: "judge")),
            (Fixtures.request(), Fixtures.context(seed: 8)), (Fixtures.request(), again),
        ]
        let base = counting()
        let responses = MemoryResponseCache()
        for _ in 0..<2 {
            let model = model(base, responses)
            for (request, context) in calls { _ = try await model.respond(to: request, in: context) }
        }
        #expect(base.calls == calls.count)
    }

    @Test func aRunDoesNotAnswerItselfAndItsRepetitionIsTheSame() async throws {
        let base = counting()
        let responses = MemoryResponseCache()
        for _ in 0..<2 {
            let model = model(base, responses)
            var texts: [String?] = []
            for _ in 0..<3 {
                texts.append(try await model.respond(to: Fixtures.request(), in: Fixtures.context()).message.text)
            }
            #expect(texts == ["answer 0", "answer 1", "answer 2"])
        }
        #expect(base.calls == 3)
    }

    @Test(arguments: [
        (CacheMode.readWrite, 1, ["answer 0", "answer 0"]), (.refresh, 2, ["answer 1", "answer 1"]),
        (.read, 1, ["answer 0", "answer 0"]),
    ])
    func modesSayWhatIsReadAndWritten(mode: CacheMode, calls: Int, texts: [String]) async throws {
        let base = counting()
        let responses = MemoryResponseCache()
        _ = try await model(base, responses).respond(to: Fixtures.request(), in: Fixtures.context())
        for (mode, text) in zip([mode, .read], texts) {
            let response = try await model(base, responses, mode: mode).respond(
                to: Fixtures.request(), in: Fixtures.context())
            #expect(response.message.text == text)
        }
        #expect(base.calls == calls)
        _ = try await model(base, responses, mode: .read).respond(to: Fixtures.request("new"), in: Fixtures.context())
        _ = try await model(base, responses, mode: .read).respond(to: Fixtures.request("new"), in: Fixtures.context())
        #expect(base.calls == calls + 2)
    }

    @Test func failuresAndRepliesThatAskForAnotherTryAreNotKept() async throws {
        let replies: [(String, ChatResponse.FinishReason)] = [
            ("cut", .length), ("filtered", .contentFilter), ("", .stop), ("good", .stop), ("never", .stop),
        ]
        let base = StubModel { number, _, _ in
            if number == 0 { throw EvaluationError(.providerFailed, "x", cause: .provider) }
            let (text, reason) = replies[number - 1]
            return ChatResponse(message: .assistant(text), finishReason: reason, model: "m")
        }
        let responses = MemoryResponseCache()
        func ask() async throws -> String? {
            try await model(base, responses).respond(to: Fixtures.request(), in: Fixtures.context()).message.text
        }
        _ = try await evaluationError { try await ask() }
        for (text, _) in replies.prefix(4) { #expect(try await ask() == text) }
        #expect(try await ask() == "good")
    }

    @Test func aReplyThatRepeatsASecretIsNotKept() async throws {
        let base = StubModel { _, _, _ in .text("your key is sk-12345678") }
        let responses = MemoryResponseCache()
        for _ in 0..<2 {
            let cache = RunCache(responses, redactor: SecretRedactor(["sk-12345678"]))
            _ = try await CachedModel(base, cache: cache, backend: "b").respond(
                to: Fixtures.request(), in: Fixtures.context())
        }
        #expect(base.calls == 2)
    }

    @Test func modelsThatDifferDoNotAnswerForEachOther() async throws {
        func fingerprint(_ changes: JSONObject = [:]) throws -> String {
            var config: JSONObject = [
                "model": "m", "base_url": "http://localhost:1/v1", "api_key": "sk-12345678",
                "generation_parameters": ["temperature": 0.0],
            ]
            config.merge(changes)
            let model = CachedModel(
                try Fixtures.model("openai_http", .object(config)), cache: RunCache(MemoryResponseCache()),
                backend: "b")
            #expect(!model.fingerprint.text().contains("secret"), "\(model.fingerprint)")
            return model.fingerprint.digest()
        }
        let base = try fingerprint()
        #expect(try fingerprint(["base_url": "http://localhost:2/v1"]) != base)
        #expect(try fingerprint(["generation_parameters": ["temperature": 1.0]]) != base)
        #expect(try fingerprint(["extra_headers": ["X-Route": "b"]]) != base)
        // Another key is the same model, wherever it stands.
        #expect(try fingerprint(["api_key": "my-secret-key"]) == base)
        #expect(try fingerprint(["extra_headers": ["X-Api-Key": "my-secret-key"]]) == base)
        #expect(try fingerprint(["base_url": "http://me:my-secret@localhost:1/v1?api_key=secret-2"]) == base)
    }

    @Test func aModelThatCannotSayWhatDecidesItsAnswersIsNotCached() async throws {
        var options = RunModelOptions()
        options.cache = RunCache(MemoryResponseCache())
        let base = counting()
        for _ in 0..<2 {
            let model = options.decorate(base, backend: "b")
            _ = try await model.respond(to: Fixtures.request(), in: Fixtures.context())
        }
        #expect(base.calls == 2)
    }

    @Test func aCacheThatFailsCostsNoEpisode() async throws {
        struct BrokenCache: ResponseCache {
            func response(for key: CacheKey) throws -> ChatResponse? { throw broken }
            func store(_ response: ChatResponse, for key: CacheKey) throws { throw broken }
            private var broken: EvaluationError { EvaluationError(.storageFailed, "the disk is full", cause: .gage) }
        }
        let cache = RunCache(BrokenCache())
        let response = try await CachedModel(counting(), cache: cache, backend: "b").respond(
            to: Fixtures.request(), in: Fixtures.context())
        #expect(response.message.text == "answer 0")
        #expect(cache.failures.count == 2 && cache.failures.first?.message == "the disk is full")
    }

    @Test func repetitionsAreForgottenLongAfterTheirAttempt() {
        let numbers = DrawNumbers(capacity: 2)
        #expect(numbers.next("d", in: Fixtures.context()) == 0)
        #expect(numbers.next("d", in: Fixtures.context()) == 1)
        for number in 0..<20 { #expect(numbers.next("d", in: Fixtures.context(sample: "\(number)")) == 0) }
        #expect(numbers.next("d", in: Fixtures.context()) == 0)
    }
}

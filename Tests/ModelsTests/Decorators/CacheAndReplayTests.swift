import Evaluation
import JSON
import Testing

@testable import Models

@Suite struct CacheTests {
    private func counting() -> StubModel {
        StubModel { number, _, _ in .text("answer \(number)", usage: Usage(inputTokens: 3, outputTokens: 4), cost: 0.5)
        }
    }

    private func caches(in directory: String) -> [any ResponseCache] {
        [MemoryResponseCache(), DirectoryResponseCache(directory: directory + "/cache")]
    }

    @Test func theSameCallIsAnsweredOnce() async throws {
        let directory = try TemporaryDirectory()
        for cache in caches(in: directory.path) {
            let base = counting()
            let model = CachedModel(base, cache: cache)
            let first = try await model.respond(to: Fixtures.request(), in: Fixtures.context(sample: "a"))
            let second = try await model.respond(to: Fixtures.request(), in: Fixtures.context(sample: "b"))
            #expect(!first.isReplayed && second.isReplayed)
            #expect(second.message == first.message && second.usage == first.usage && second.cost == first.cost)
            #expect(base.calls == 1)
        }
    }

    @Test func whatDecidesTheAnswerIsInTheKey() async throws {
        var warm = Fixtures.request()
        warm.parameters = ["temperature": 1.0]
        var tooled = Fixtures.request()
        tooled.tools = [Fixtures.weatherTool]
        let calls: [(ChatRequest, CallContext)] = [
            (Fixtures.request(), Fixtures.context()), (Fixtures.request("Bye"), Fixtures.context()),
            (warm, Fixtures.context()), (tooled, Fixtures.context()),
            (Fixtures.request(), Fixtures.context(trial: 1)), (Fixtures.request(), Fixtures.context(index: 1)),
            (Fixtures.request(), Fixtures.context(purpose: "judge")),
        ]
        let base = counting()
        let model = CachedModel(base, cache: MemoryResponseCache())
        for (request, context) in calls { _ = try await model.respond(to: request, in: context) }
        #expect(base.calls == calls.count)
    }

    @Test func modelsThatDifferDoNotAnswerForEachOther() async throws {
        let cache = MemoryResponseCache()
        func model(_ base: String, temperature: Double) throws -> CachedModel {
            let config: JSONValue = [
                "model": "m", "base_url": .string(base), "api_key": "sk-12345678",
                "generation_parameters": ["temperature": JSONValue(temperature)],
            ]
            return CachedModel(try Fixtures.model("openai_http", config), cache: cache)
        }
        let fingerprints = [
            try model("http://localhost:1/v1", temperature: 0), try model("http://localhost:2/v1", temperature: 0),
            try model("http://localhost:1/v1", temperature: 1),
        ].map { $0.fingerprint.digest() }
        #expect(Set(fingerprints).count == 3)
        #expect(!(try model("http://localhost:1/v1", temperature: 0)).fingerprint.text().contains("sk-1234"))
    }

    @Test func failuresAreNotKept() async throws {
        let base = StubModel { number, _, _ in
            if number == 0 { throw EvaluationError(.providerFailed, "x", cause: .provider) }
            return .text("ok")
        }
        let model = CachedModel(base, cache: MemoryResponseCache())
        _ = try await evaluationError { try await model.respond(to: Fixtures.request(), in: Fixtures.context()) }
        #expect(try await model.respond(to: Fixtures.request(), in: Fixtures.context()).message.text == "ok")
    }

    @Test func aBrokenFileCountsAsNoneAndIsMended() async throws {
        let directory = try TemporaryDirectory()
        let cache = DirectoryResponseCache(directory: directory.path)
        let key = String(repeating: "ab", count: 32)
        try cache.store(.text("a"), for: key)
        try writeText("{\"message\":", to: "\(directory.path)/ab/\(key).json")
        #expect(try cache.response(for: key) == nil)
        try cache.store(.text("b"), for: key)
        #expect(try cache.response(for: key)?.message.text == "b")
    }

    @Test func aDirectoryThatCannotBeMadeIsATypedError() async throws {
        let cache = DirectoryResponseCache(directory: "/proc/nowhere")
        let error = try await evaluationError { try cache.store(.text("a"), for: String(repeating: "0", count: 64)) }
        #expect(error.code == .storageFailed)
        #expect(error.cause == .gage)
    }
}

@Suite struct RecordAndReplayTests {
    /// Records calls of two episodes and gives the cassette's path.
    private func record(to path: String) async throws {
        let base = StubModel(name: "real") { _, request, context in
            if request.messages.last?.text == "fail" {
                throw EvaluationError(.modelEmptyReply, "nothing was said", cause: .model, retry: .worthwhile)
            }
            let call = ToolCall(id: "c", name: "f", arguments: ["x": 1.5])
            var message = Message.assistant("to \(context.episode.sample) \(context.index)", toolCalls: [call])
            message.reasoning = "why"
            return ChatResponse(
                message: message, finishReason: .toolCalls, model: "real-1",
                usage: Usage(inputTokens: 1, outputTokens: 2), cost: 0.25)
        }
        let model = RecordingModel(base, cassette: try CassetteWriter(path: path))
        for sample in ["a", "b"] {
            for index in 0..<2 {
                _ = try await model.respond(
                    to: Fixtures.request("\(sample)\(index)"), in: Fixtures.context(sample: sample, index: index))
            }
        }
        _ = try await evaluationError {
            try await model.respond(to: Fixtures.request("fail"), in: Fixtures.context(sample: "a", index: 2))
        }
    }

    private func replay(_ path: String) throws -> any ChatModel {
        try Fixtures.model("replay", ["path": .string(path)])
    }

    @Test func aReplayAnswersAsTheRecordedRunDid() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/deep/er/cassette.jsonl"
        try await record(to: path)
        let model = try replay(path)
        for (sample, index) in [("b", 1), ("a", 0), ("b", 0), ("a", 1)] {
            let response = try await model.respond(
                to: Fixtures.request("\(sample)\(index)"), in: Fixtures.context(sample: sample, index: index))
            #expect(response.message.text == "to \(sample) \(index)")
            #expect(response.message.toolCalls == [ToolCall(id: "c", name: "f", arguments: ["x": 1.5])])
            #expect(response.message.reasoning == "why")
            #expect(response.finishReason == .toolCalls && response.model == "real-1")
            #expect(response.usage == Usage(inputTokens: 1, outputTokens: 2) && response.cost == 0.25)
            #expect(response.isReplayed)
        }
        let error = try await evaluationError {
            try await model.respond(to: Fixtures.request("fail"), in: Fixtures.context(sample: "a", index: 2))
        }
        #expect(error.code == .modelEmptyReply && error.message == "nothing was said" && error.retry == .never)
    }

    @Test func aMissNamesTheNearestDifference() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/cassette.jsonl"
        try await record(to: path)
        let model = try replay(path)
        var warm = Fixtures.request("a0")
        warm.parameters = ["temperature": 0.5]
        var tooled = Fixtures.request("a0")
        tooled.tools = [Fixtures.weatherTool]
        var longer = Fixtures.request("a0")
        longer.messages.append(.user("more"))
        let misses: [(ChatRequest, CallContext, String)] = [
            (Fixtures.request("other"), Fixtures.context(sample: "a"), "messages[1] is another"),
            (longer, Fixtures.context(sample: "a"), "there are 3 messages, and 2 were recorded"),
            (tooled, Fixtures.context(sample: "a"), "the tools are others"),
            (warm, Fixtures.context(sample: "a"), "temperature"),
            (Fixtures.request("a0"), Fixtures.context(sample: "c"), "recorded for episode t:a__trial_0"),
            (Fixtures.request("a0"), Fixtures.context(sample: "a", purpose: "user"), "recorded for 'agent'"),
            (Fixtures.request("a0"), Fixtures.context(sample: "a", index: 9), "recorded as call 0"),
            (Fixtures.request("new"), Fixtures.context(sample: "a", index: 9), "3 calls of it were recorded"),
            (
                Fixtures.request("new"), Fixtures.context(sample: "a", purpose: "user"),
                "nothing was recorded for 'user'"
            ),
            (Fixtures.request("new"), Fixtures.context(sample: "z"), "nothing was recorded for the episode"),
        ]
        for (request, context, words) in misses {
            let error = try await evaluationError { try await model.respond(to: request, in: context) }
            #expect(error.code == .scriptExhausted)
            #expect(error.message.contains(words), "\(error.message)")
        }
    }

    @Test func anEpisodeThatWasRepeatedReplaysItsLastAttempt() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/cassette.jsonl"
        let base = StubModel { number, _, _ in .text("attempt \(number)") }
        let recorder = RecordingModel(base, cassette: try CassetteWriter(path: path))
        for _ in 0..<3 { _ = try await recorder.respond(to: Fixtures.request(), in: Fixtures.context()) }
        let response = try await replay(path).respond(to: Fixtures.request(), in: Fixtures.context())
        #expect(response.message.text == "attempt 2")
    }

    @Test func halfALineAtTheEndIsForgivenAndOneInTheMiddleIsNot() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/cassette.jsonl"
        try await record(to: path)
        let text = try readText(path)
        try writeText(text + String(text.prefix(60)), to: path)
        _ = try await replay(path).respond(to: Fixtures.request("a0"), in: Fixtures.context(sample: "a"))
        try writeText(String(text.prefix(60)) + "\n" + text, to: path)
        let error = try await evaluationError { try replay(path) }
        #expect(error.code == .dataMalformed)
        #expect(error.location?.line == 1)
    }

    @Test func concurrentCallsDoNotMixTheirLines() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/cassette.jsonl"
        let base = StubModel { _, request, _ in .text(request.messages.last?.text ?? "") }
        let recorder = RecordingModel(base, cassette: try CassetteWriter(path: path))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<100 {
                group.addTask {
                    let text = String(repeating: "\(number) ", count: 2000)
                    _ = try await recorder.respond(to: Fixtures.request(text), in: Fixtures.context(index: number))
                }
            }
            try await group.waitForAll()
        }
        let model = try replay(path)
        for number in 0..<100 {
            let text = String(repeating: "\(number) ", count: 2000)
            let response = try await model.respond(to: Fixtures.request(text), in: Fixtures.context(index: number))
            #expect(response.message.text == text)
        }
    }

    @Test func cassettesHoldNeitherPromptsNorKeys() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/cassette.jsonl"
        try await record(to: path)
        let text = try readText(path)
        #expect(!text.contains("Be brief."))
    }

    @Test func aMissingCassetteIsAConfigurationError() async throws {
        let error = try await evaluationError { try replay("/nowhere/cassette.jsonl") }
        #expect(error.code == .configurationInvalid)
    }
}

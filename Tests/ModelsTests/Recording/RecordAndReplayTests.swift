import Evaluation
import JSON
import Testing

@testable import Models

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
            #expect(!response.isReplayed)
        }
        let error = try await evaluationError {
            try await model.respond(to: Fixtures.request("fail"), in: Fixtures.context(sample: "a", index: 2))
        }
        #expect(error.code == .modelEmptyReply && error.message == "nothing was said" && error.retry == .worthwhile)
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

    @Test func everyAttemptReplaysAsItWas() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/cassette.jsonl"
        let base = StubModel { number, _, _ in .text("attempt \(number)") }
        let recorder = RecordingModel(base, cassette: try CassetteWriter(path: path))
        for attempt in 0..<2 { _ = try await recorder.respond(to: Fixtures.request(), in: Self.context(attempt)) }
        let model = try replay(path)
        for attempt in [1, 0, 1] {
            let response = try await model.respond(to: Fixtures.request(), in: Self.context(attempt))
            #expect(response.message.text == "attempt \(attempt)")
        }
        // An attempt that was never made is answered as the last one was.
        #expect(
            try await model.respond(to: Fixtures.request(), in: Self.context(7)).message.text == "attempt 1")
    }

    @Test func aCallThatWasMadeSeveralTimesReplaysInItsOrder() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/cassette.jsonl"
        let base = StubModel { number, _, _ in .text("answer \(number)") }
        let recorder = RecordingModel(base, cassette: try CassetteWriter(path: path))
        for _ in 0..<3 { _ = try await recorder.respond(to: Fixtures.request(), in: Fixtures.context()) }
        let model = try replay(path)
        for expected in [0, 1, 2, 2] {
            let response = try await model.respond(to: Fixtures.request(), in: Fixtures.context())
            #expect(response.message.text == "answer \(expected)")
        }
    }

    @Test func whatALaterProcessDidAgainCounts() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/cassette.jsonl"
        for process in 0..<2 {
            let base = StubModel { number, _, _ in .text("process \(process) call \(number)") }
            let recorder = RecordingModel(base, cassette: try CassetteWriter(path: path))
            // The first process was killed in the middle of episode b, having done a.
            let samples = process == 0 ? ["a", "b", "b", "b"] : ["b", "b"]
            var indices: [String: Int] = [:]
            for sample in samples {
                let index = indices[sample, default: 0]
                indices[sample] = index + 1
                _ = try await recorder.respond(
                    to: Fixtures.request(), in: Fixtures.context(sample: sample, index: index))
            }
        }
        let model = try replay(path)
        let a = try await model.respond(to: Fixtures.request(), in: Fixtures.context(sample: "a"))
        #expect(a.message.text == "process 0 call 0")
        let b = try await model.respond(to: Fixtures.request(), in: Fixtures.context(sample: "b", index: 1))
        #expect(b.message.text == "process 1 call 1")
        let error = try await evaluationError {
            try await model.respond(to: Fixtures.request(), in: Fixtures.context(sample: "b", index: 2))
        }
        #expect(error.code == .scriptExhausted)
    }

    @Test func aCallThatWasCutOffSaysSo() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/cassette.jsonl"
        let base = StubModel { _, _, _ in throw CancellationError() }
        let recorder = RecordingModel(base, cassette: try CassetteWriter(path: path))
        await #expect(throws: CancellationError.self) {
            try await recorder.respond(to: Fixtures.request(), in: Fixtures.context())
        }
        let error = try await evaluationError {
            try await replay(path).respond(to: Fixtures.request(), in: Fixtures.context())
        }
        #expect(error.message.contains("was cut off"))
        #expect(error.cause == .configuration)
    }

    @Test func secretsAreTakenOutOfWhatIsRecordedAndOfWhatTheCallerGets() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/cassette.jsonl"
        let secret = "sk-quite-secret-1"
        let base = StubModel { number, _, _ in
            if number == 1 { throw EvaluationError(.providerFailed, "no, \(secret)", cause: .provider) }
            var message = Message.assistant("it is \(secret)")
            message.reasoning = secret
            return ChatResponse(message: message, finishReason: .stop, model: secret)
        }
        let writer = try CassetteWriter(
            path: path, header: ["plan": .string(secret)], redactor: SecretRedactor([secret]))
        let recorder = RecordingModel(base, cassette: writer)
        var request = Fixtures.request(secret)
        request.parameters = ["user": .string(secret)]
        let response = try await recorder.respond(to: request, in: Fixtures.context(purpose: secret))
        #expect(response.message.text == "it is ***")
        let error = try await evaluationError {
            try await recorder.respond(to: request, in: Fixtures.context(index: 1))
        }
        #expect(error.message == "no, ***")
        #expect(!(try readText(path)).contains(secret))
        let replayed = try await evaluationError {
            try await replay(path).respond(to: request, in: Fixtures.context(index: 1))
        }
        #expect(replayed == error)
    }

    @Test func aFileThatIsSomethingElseIsNotRecordedTo() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/notes.txt"
        try writeText("my notes\nmore", to: path)
        let error = try await evaluationError { try CassetteWriter(path: path) }
        #expect(error.cause == .configuration)
        #expect(try readText(path) == "my notes\nmore")
    }

    @Test func halfALineOfAKilledProcessIsTakenAwayBeforeMoreIsRecorded() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/cassette.jsonl"
        try await record(to: path)
        let text = try readText(path)
        try writeText(text + String(text.prefix(700)).replacing("\n", with: " "), to: path)
        try await record(to: path)
        _ = try await replay(path).respond(to: Fixtures.request("a0"), in: Fixtures.context(sample: "a"))
        #expect(try readText(path).hasPrefix(text))
    }

    private static func context(_ attempt: Int) -> CallContext {
        var context = Fixtures.context()
        context.attempt = attempt
        return context
    }

    @Test func halfALineAtTheEndIsForgivenAndOneInTheMiddleIsNot() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/cassette.jsonl"
        try await record(to: path)
        let text = try readText(path)
        try writeText(text + String(text.prefix(30)), to: path)
        _ = try await replay(path).respond(to: Fixtures.request("a0"), in: Fixtures.context(sample: "a"))
        try writeText(String(text.prefix(30)) + "\n" + text, to: path)
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

import Evaluation
import JSON
import Models
import Server
import Testing

/// One way to get a model, for the table that every kind of model has to pass.
struct ModelUnderTest: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Makes the model; `baseURL` is of a mock server that plays `script`, `directory` is for files.
    let make: @Sendable (_ script: JSONValue, _ baseURL: String, _ directory: String) async throws -> any ChatModel

    private static func http(_ type: String, _ config: JSONObject) -> ModelUnderTest {
        ModelUnderTest(testDescription: "\(type) \(config)") { _, baseURL, _ in
            var config = config
            config[type == "litellm" ? "api_base" : "base_url"] = .string(baseURL)
            return try Fixtures.model(type, .object(config))
        }
    }

    static let all: [ModelUnderTest] = [
        http("openai_http", ["model": "m"]), http("openai_http", ["model": "m", "stream": true]),
        http("openai_http", ["model": "m", "async_max_concurrency": 3, "tokens_per_minute": 100_000_000]),
        http("litellm", ["model": "openai/m"]), http("litellm", ["model": "hosted_vllm/m", "streaming": true]),
        ModelUnderTest(testDescription: "scripted") { script, _, _ in
            try Fixtures.model("scripted", ["script": script])
        },
        ModelUnderTest(testDescription: "scripted from a file") { script, _, directory in
            try writeText(script.text(), to: directory + "/script.json")
            return try Fixtures.model("scripted", ["path": "script.json"], baseDirectory: directory)
        },
        ModelUnderTest(testDescription: "recorded, then replayed") { script, _, directory in
            let path = directory + "/cassette.jsonl"
            let recorder = RecordingModel(
                try Fixtures.model("scripted", ["script": script]), cassette: try CassetteWriter(path: path))
            for (request, context) in ConformanceScript.calls {
                do {
                    _ = try await recorder.respond(to: request, in: context)
                } catch is EvaluationError {
                    // Failures are recorded as well.
                }
            }
            return try Fixtures.model("replay", ["path": .string(path)])
        },
        ModelUnderTest(testDescription: "cached, budgeted and recorded") { script, _, directory in
            let base = try Fixtures.model("scripted", ["script": script])
            var options = RunModelOptions()
            options.cache = RunCache(MemoryResponseCache())
            options.budget = ModelBudget(maximumDollars: 1, maximumTokens: 1_000_000)
            options.cassette = try CassetteWriter(path: directory + "/cassette.jsonl")
            return options.decorate(base, backend: "b")
        },
    ]
}

/// The script and the calls of the conformance table.
enum ConformanceScript {
    static let json: JSONValue = [
        "episodes": [
            ["purpose": "text", "replies": ["Hello there."]],
            [
                "purpose": "tools",
                "replies": [
                    ["tool_calls": [["name": "get_weather", "arguments": ["city": "Köln", "days": [1, 2.5, nil]]]]],
                    "It rains.",
                ],
            ],
            ["purpose": "both", "replies": [["text": "Let me see.", "tool_calls": [["id": "x", "name": "f"]]]]],
            ["purpose": "refused", "replies": [["error": ["status": 401, "message": "bad key"]]]],
            [
                "purpose": "too long",
                "replies": [["error": ["status": 400, "message": "no", "code": "context_length_exceeded"]]],
            ],
            ["purpose": "silent", "replies": [["finish_reason": "stop"]]],
        ],
        "rules": [["when": ["last_user": "number"], "reply": "counted"]],
    ]

    static func call(_ purpose: String, index: Int = 0, text: String = "Hello") -> (ChatRequest, CallContext) {
        var request = Fixtures.request(text)
        request.tools = [Fixtures.weatherTool]
        return (request, Fixtures.context(purpose: purpose, index: index))
    }

    static let crowd = (0..<50).map { number in
        (Fixtures.request("number \(number)"), Fixtures.context(sample: "s\(number)", purpose: "crowd", index: number))
    }

    /// Every call of the table, for models that must have heard them before.
    static let calls =
        ["text", "tools", "both", "refused", "too long", "silent"].map { call($0) } + [call("tools", index: 1)] + crowd
}

@Suite struct ChatModelConformanceTests {
    private func withModel(
        _ subject: ModelUnderTest, _ body: (any ChatModel) async throws -> Void
    ) async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path
        let server = MockServer(brain: try Script(json: ConformanceScript.json))
        try await server.withRunningServer { baseURL in
            try await body(try await subject.make(ConformanceScript.json, baseURL, path))
        }
    }

    private func ask(
        _ model: any ChatModel, _ purpose: String, index: Int = 0
    ) async throws -> ChatResponse {
        let (request, context) = ConformanceScript.call(purpose, index: index)
        return try await model.respond(to: request, in: context)
    }

    @Test(arguments: ModelUnderTest.all)
    func textAndToolCallsArrive(subject: ModelUnderTest) async throws {
        try await withModel(subject) { model in
            #expect(!model.name.isEmpty)
            let text = try await ask(model, "text")
            #expect(text.message == .assistant("Hello there."))
            #expect(text.finishReason == .stop)
            #expect((text.usage?.inputTokens ?? 0) > 0 && (text.usage?.outputTokens ?? 0) > 0)
            #expect(text.attempts == 1 && text.duration >= 0)

            let call = try await ask(model, "tools")
            #expect(
                call.message.toolCalls == [
                    ToolCall(id: "call_0_0", name: "get_weather", arguments: ["city": "Köln", "days": [1, 2.5, nil]])
                ])
            #expect(call.message.text == nil && call.finishReason == .toolCalls)
            #expect(try await ask(model, "tools", index: 1).message.text == "It rains.")

            let both = try await ask(model, "both")
            #expect(both.message.text == "Let me see.")
            #expect(both.message.toolCalls == [ToolCall(id: "x", name: "f", arguments: [:])])
        }
    }

    @Test(arguments: ModelUnderTest.all)
    func failuresAreTyped(subject: ModelUnderTest) async throws {
        try await withModel(subject) { model in
            let expected: [(String, EvaluationError.Code, Cause)] = [
                ("refused", .providerUnauthorized, .provider), ("too long", .contextWindowExceeded, .model),
                ("silent", .modelEmptyReply, .model),
            ]
            for (purpose, code, cause) in expected {
                let error = try await evaluationError { try await ask(model, purpose) }
                #expect(error.code == code && error.cause == cause && error.retry == .never, "\(error)")
            }
        }
    }

    @Test(arguments: ModelUnderTest.all)
    func fiftyCallsAtATimeAllGetTheirAnswers(subject: ModelUnderTest) async throws {
        try await withModel(subject) { model in
            let answers = try await withThrowingTaskGroup(of: String?.self) { group in
                for (request, context) in ConformanceScript.crowd {
                    group.addTask { try await model.respond(to: request, in: context).message.text }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers == Array(repeating: "counted", count: 50))
        }
    }

    @Test(arguments: ModelUnderTest.all)
    func aCancelledTaskGetsNoAnswer(subject: ModelUnderTest) async throws {
        try await withModel(subject) { model in
            let (request, context) = ConformanceScript.call("text")
            let task = Task {
                while !Task.isCancelled { await Task.yield() }
                return try await model.respond(to: request, in: context)
            }
            task.cancel()
            await #expect(throws: CancellationError.self) { _ = try await task.value }
        }
    }
}

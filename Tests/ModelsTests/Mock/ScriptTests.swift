import Evaluation
import JSON
import Testing

@testable import Models

@Suite struct ScriptTests {
    private func request(
        _ messages: [Message] = [.user("hi")], sample: String = "s1", trial: Int = 0, purpose: String = "agent",
        index: Int = 0
    ) -> MockRequest {
        MockRequest(
            model: "m", messages: messages,
            context: Fixtures.context(sample: sample, trial: trial, purpose: purpose, index: index))
    }

    @Test func repliesFollowTheCallsNumberAndNotTheOrderOfAsking() throws {
        let script = try Script(json: ["one", "two", "three"])
        #expect([2, 0, 1, 0].map { script.answer(to: request(index: $0))?.text } == ["three", "one", "two", "one"])
        #expect(script.answer(to: request(index: 3)) == nil)
        #expect(
            Script(replies: [MockReply("a"), MockReply("b")], cycles: true).answer(to: request(index: 5))?.text == "b")
    }

    @Test func theListThatNamesTheMostWins() throws {
        let script = try Script(json: [
            "replies": ["default"],
            "episodes": [
                ["purpose": "agent", "replies": ["any agent"]],
                ["sample": "s1", "replies": ["sample"]],
                ["sample": "s1", "trial": 1, "purpose": "agent", "replies": ["exact"]],
                ["sample": "s1", "trial": 1, "purpose": "agent", "replies": ["exact too"]],
                ["sample": 7, "replies": ["numbered"]],
                ["task": "other", "sample": "s2", "purpose": "user", "trial": 0, "replies": ["wrong task"]],
            ],
        ])
        #expect(script.answer(to: request(trial: 1))?.text == "exact")
        #expect(script.answer(to: request())?.text == "any agent")
        #expect(script.answer(to: request(purpose: "user"))?.text == "sample")
        #expect(script.answer(to: request(sample: "7", purpose: "user"))?.text == "numbered")
        #expect(script.answer(to: request(sample: "s2", purpose: "user"))?.text == "default")
    }

    @Test(
        arguments: [
            (["last_user": "refund"], true), (["last_user": ["regex": "re.und #\\d+"]], true),
            (["last_user": ["equals": "refund"]], false), (["last_tool": "refund"], false), ("refund", true),
            (["last": ["contains": "#12"], "purpose": "agent"], true), (["last": "refund", "purpose": "user"], false),
            (["call": 0], true), (["call": 1], false), (["sample": "s1", "trial": 0], true), ([:], true),
        ] as [(JSONValue, Bool)])
    func rulesAnswerWhenAllTheirConditionsHold(when: JSONValue, holds: Bool) throws {
        let script = try Script(json: ["rules": [["when": when, "reply": "rule"]], "replies": ["list"]])
        let answer = script.answer(to: request([.user("old"), .user("a refund #12 please")]))
        #expect(answer?.text == (holds ? "rule" : "list"))
    }

    @Test func aToolsResultCanBeMatchedAndOnlyTheLastMessageCounts() throws {
        let script = try Script(json: [
            ["when": ["last_tool": "out of stock"], "reply": "Sorry."],
            ["when": ["last_user": "buy"], "reply": ["tool_calls": [["name": "order", "arguments": ["n": 1]]]]],
        ])
        let call = ToolCall(id: "c", name: "order", arguments: [:])
        var messages: [Message] = [.user("buy it")]
        #expect(script.answer(to: request(messages))?.toolCalls.first?.name == "order")
        messages += [.assistant(nil, toolCalls: [call]), .tool(ToolResult(content: "out of stock"), answering: call)]
        #expect(script.answer(to: request(messages))?.text == "Sorry.")
    }

    @Test func filesAreJSONOrLines() throws {
        let directory = try TemporaryDirectory()
        try writeText(#"{"replies": ["a", {"text": "b"}]}"#, to: directory.path + "/s.json")
        try writeText(
            "\"a\"\n\n{\"text\":\"b\"}\n{\"sample\":\"x\",\"replies\":[\"c\"]}\n", to: directory.path + "/s.jsonl")
        for name in ["s.json", "s.jsonl"] {
            let script = try Script(path: "\(directory.path)/\(name)")
            #expect((0..<2).map { script.answer(to: request(index: $0))?.text } == ["a", "b"])
        }
        #expect(try Script(path: directory.path + "/s.jsonl").answer(to: request(sample: "x"))?.text == "c")
    }

    @Test(arguments: [
        ("7", "a script is a list"), (#"{"replys": []}"#, "did you mean 'replies'?"), (#"{"replies": "a"}"#, "a list"),
        (#"[{"txt": "a"}]"#, "did you mean 'text'?"), (#"[{}]"#, "entry 0"), (#"["a", 5]"#, "entry 1"),
        (#"{"rules": [{"when": {"regx": "a"}, "reply": "b"}]}"#, "rules[0]"),
        (#"{"rules": [{"when": {"last": {"regex": "("}}, "reply": "b"}]}"#, "regular expression"),
        (#"{"rules": [{"when": "a"}]}"#, "'when' and 'reply'"), (#"{"episodes": [{"sample": "a"}]}"#, "'replies'"),
        (#"{"episodes": [{"sampel": "a", "replies": []}]}"#, "did you mean 'sample'?"),
        (#"[{"error": {"status": 200}}]"#, "400 to 599"), (#"[{"tool_calls": [{"id": "x"}]}]"#, "needs a name"),
    ])
    func mistakesAreNamedWithTheirPlace(json: String, words: String) async throws {
        let error = try await evaluationError { try Script(json: try JSONValue.parse(json)) }
        #expect(error.code == .configurationInvalid && error.cause == .configuration)
        #expect(error.description.contains(words), "\(error)")
    }

    @Test func aBrokenFileIsNamedWithLineAndColumn() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/s.json"
        try writeText("[\n  \"a\",,\n]", to: path)
        let error = try await evaluationError { try Script(path: path) }
        #expect(error.location == SourceLocation(file: path, line: 2, column: 7))
    }

    @Test func whatIsMissingIsSaidWithTheCall() async throws {
        let model = try Fixtures.model("scripted", ["script": ["only one"]])
        let error = try await evaluationError {
            try await model.respond(to: Fixtures.request(), in: Fixtures.context(index: 1))
        }
        #expect(error.code == .scriptExhausted && error.cause == .configuration && error.retry == .never)
        #expect(error.message.contains("call 1 for 'agent' of episode t:s1__trial_0"))
    }

    @Test func concurrentEpisodesGetTheirOwnReplies() async throws {
        let episodes = (0..<50).map { number -> JSONValue in
            let replies = (0..<4).map { JSONValue.string("\(number)-\($0)") }
            return ["sample": .string("s\(number)"), "purpose": "agent", "replies": .array(replies)]
        }
        let model = try Fixtures.model("scripted", ["script": ["episodes": .array(episodes)]])
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<50 {
                for index in (0..<4).reversed() {
                    group.addTask {
                        let context = Fixtures.context(sample: "s\(number)", index: index)
                        let response = try await model.respond(to: Fixtures.request(), in: context)
                        return response.message.text == "\(number)-\(index)"
                    }
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
    }

    @Test func toolCallsUsageAndFailuresCanBeScripted() async throws {
        let model = try Fixtures.model(
            "scripted",
            [
                "script": [
                    [
                        "tool_calls": [["name": "f", "arguments": ["a": 1]], ["id": "mine", "name": "g"]],
                        "usage": ["input_tokens": 5, "output_tokens": 6], "reasoning": "hm",
                    ],
                    ["error": ["status": 429, "message": "slow down", "retry_after": 2]],
                    ["text": "cut", "finish_reason": "length"], ["finish_reason": "stop"],
                ]
            ])
        let first = try await model.respond(to: Fixtures.request(), in: Fixtures.context())
        #expect(first.message.toolCalls.map(\.id) == ["call_0_0", "mine"])
        #expect(first.usage == Usage(inputTokens: 5, outputTokens: 6))
        #expect(first.message.reasoning == "hm" && first.finishReason == .toolCalls)
        let error = try await evaluationError {
            try await model.respond(to: Fixtures.request(), in: Fixtures.context(index: 1))
        }
        #expect(error.code == .providerRateLimited && error.retry == .after(.seconds(2)))
        let third = try await model.respond(to: Fixtures.request(), in: Fixtures.context(index: 2))
        #expect(third.finishReason == .length)
        let empty = try await evaluationError {
            try await model.respond(to: Fixtures.request(), in: Fixtures.context(index: 3))
        }
        #expect(empty.code == .modelEmptyReply)
    }
}

@Suite struct DummyTests {
    private func texts(_ config: JSONValue, contexts: [CallContext]) async throws -> [String?] {
        let model = try Fixtures.model("dummy", config)
        var texts: [String?] = []
        for context in contexts {
            texts.append(try await model.respond(to: Fixtures.request("ping"), in: context).message.text)
        }
        return texts
    }

    private var threeCalls: [CallContext] { (0..<3).map { Fixtures.context(index: $0) } }

    @Test(
        arguments: [
            ([:], ["dummy response", "dummy response", "dummy response"]),
            (["responses": ["a", "b"]], ["a", "b", "a"]),
            (["responses": ["a", "b"], "cycle": false], ["a", "b", "b"]),
            (["responses": [], "echo_prompt": true], ["ping", "ping", "ping"]),
            (["responses": ["a"], "echo_prompt": true], ["a", "a", "a"]),
            (["responses": []], ["dummy response", "dummy response", "dummy response"]),
        ] as [(JSONValue, [String])])
    func repliesAreTheConfiguredOnes(config: JSONValue, expected: [String]) async throws {
        #expect(try await texts(config, contexts: threeCalls) == expected)
    }

    @Test func fiftyCallsAtATimeAndACancelledOneBehaveLikeAnyModels() async throws {
        let model = try Fixtures.model("dummy", ["responses": ["a", "b"]])
        let answers = try await withThrowingTaskGroup(of: Bool.self) { group in
            for index in 0..<50 {
                group.addTask {
                    let response = try await model.respond(to: Fixtures.request(), in: Fixtures.context(index: index))
                    return response.message.text == (index % 2 == 0 ? "a" : "b") && response.finishReason == .stop
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers == Array(repeating: true, count: 50))
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await model.respond(to: Fixtures.request(), in: Fixtures.context())
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { _ = try await task.value }
    }

    @Test func drawingIsTheSameForTheSameCallAndSpreadOverSamples() async throws {
        let config: JSONValue = ["responses": ["a", "b", "c", "d"], "random": true, "seed": 5]
        let contexts = (0..<40).map { Fixtures.context(sample: "s\($0)") }
        let first = try await texts(config, contexts: contexts)
        #expect(try await texts(config, contexts: contexts) == first)
        #expect(Set(first).count == 4)
        let other = try await texts(
            ["responses": ["a", "b", "c", "d"], "random": true, "seed": 6], contexts: contexts)
        #expect(other != first)
    }
}

@Suite struct EpisodeHeadersTests {
    @Test(arguments: ["plain", "with space/slash:colon", "üñï—日本", "a%2Fb", "line\nbreak\r\n", ""])
    func namesSurviveTheJourney(name: String) {
        let context = CallContext(
            episode: EpisodeID(task: name, sample: name, trial: 3), purpose: name, index: 12)
        let headers = EpisodeHeaders(context)
        #expect(headers.fields.allSatisfy { $0.value.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } })
        let fields = Dictionary(headers.fields.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        #expect(EpisodeHeaders(fields: fields) == headers)
    }

    @Test(arguments: ["", "a/b", "a/b/c", "a/b/1/2", "%zz/b/1", "%/b/1", "%ff/b/1"])
    func whatCannotBeReadIsNotUsed(value: String) {
        let headers = EpisodeHeaders(fields: ["x-gage-episode": value, "x-gage-call": "-1"])
        #expect(headers.episode == nil && headers.call == nil)
    }

    @Test func withoutHeadersTheConversationTellsTheCall() {
        let messages: [Message] = [.user("a"), .assistant("b"), .user("c"), .assistant("d"), .user("e")]
        #expect(MockRequest(model: "m", messages: messages).call == 2)
    }
}

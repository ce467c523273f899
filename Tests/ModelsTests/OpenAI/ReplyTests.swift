import Evaluation
import JSON
import Testing

@testable import Models

@Suite struct ReplyTests {
    private func read(_ text: String, keepsRaw: Bool = false) throws -> ChatResponse {
        var settings = HTTPModelSettings(model: "asked", provider: .openAI)
        settings.keepsRawReplies = keepsRaw
        let reply = ReplyReader(
            settings, price: ModelPricing(settings, host: "localhost"), redactor: SecretRedactor(["sk-secret-key"]),
            callIndex: 3)
        return try reply.response(from: Array(text.utf8))
    }

    private func completion(_ message: String, reason: String = "\"stop\"", rest: String = "") -> String {
        #"{"model":"m-1","choices":[{"index":0,"message":\#(message),"finish_reason":\#(reason)}]\#(rest)}"#
    }

    @Test func textUsageAndModelAreRead() throws {
        let usage = """
            ,"usage":{"prompt_tokens":10,"completion_tokens":4,"total_tokens":14,\
            "prompt_tokens_details":{"cached_tokens":6},"completion_tokens_details":{"reasoning_tokens":2}}
            """
        let response = try read(completion(#"{"role":"assistant","content":"Hi"}"#, rest: usage))
        #expect(response.message == .assistant("Hi"))
        #expect(response.finishReason == .stop)
        #expect(response.model == "m-1")
        #expect(
            response.usage
                == Usage(inputTokens: 10, outputTokens: 4, cachedInputTokens: 6, reasoningTokens: 2))
        #expect(response.cost == nil)
        #expect(response.raw == nil)
    }

    @Test(arguments: [
        #"{"prompt_tokens":10,"completion_tokens":4,"prompt_cache_hit_tokens":6}"#,
        #"{"input_tokens":10,"output_tokens":4,"input_tokens_details":{"cached_tokens":6}}"#,
        #"{"prompt_tokens":10.0,"completion_tokens":4,"prompt_tokens_details":{"cached_tokens":6}}"#,
    ])
    func usageIsReadInTheShapesThatServersUse(usage: String) throws {
        let response = try read(completion(#"{"content":"Hi"}"#, rest: #","usage":\#(usage)"#))
        #expect(response.usage == Usage(inputTokens: 10, outputTokens: 4, cachedInputTokens: 6))
    }

    @Test(arguments: ["null", "{}", "7", #"{"prompt_tokens":-1}"#])
    func usageThatSaysNothingIsAbsent(usage: String) throws {
        #expect(try read(completion(#"{"content":"Hi"}"#, rest: #","usage":\#(usage)"#)).usage == nil)
    }

    @Test(
        arguments: [
            (#"{"content":"a","reasoning_content":"r"}"#, "a", "r"),
            (#"{"content":"a","reasoning":"r"}"#, "a", "r"),
            (#"{"content":"a","reasoning":{"x":1}}"#, "a", nil),
            (#"{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}"#, "ab", nil),
            (#"{"content":null,"refusal":"I will not."}"#, "I will not.", nil),
            (#"{"content":"a","tool_calls":null}"#, "a", nil),
            (#"{"content":"a","tool_calls":[]}"#, "a", nil),
        ] as [(String, String, String?)])
    func textIsFoundWhereServersPutIt(message: String, text: String, reasoning: String?) throws {
        let response = try read(completion(message))
        #expect(response.message.text == text)
        #expect(response.message.reasoning == reasoning)
    }

    @Test(arguments: [
        (#""stop""#, ChatResponse.FinishReason.stop), (#""eos""#, .stop), (#""length""#, .length),
        (#""content_filter""#, .contentFilter), (#""banana""#, .unknown), ("null", .unknown),
        (#""tool_calls""#, .toolCalls),
    ])
    func finishReasonsAreNormalized(reason: String, expected: ChatResponse.FinishReason) throws {
        #expect(try read(completion(#"{"content":"a"}"#, reason: reason)).finishReason == expected)
    }

    @Test(
        arguments: [
            (#"{"id":"x","function":{"name":"f","arguments":"{\"a\":1}"}}"#, "x", ["a": 1]),
            (#"{"id":"x","function":{"name":"f","arguments":{"a":1}}}"#, "x", ["a": 1]),
            (#"{"function":{"name":"f","arguments":"{}"}}"#, "call_3_0", [:]),
            (#"{"id":"","function":{"name":"f"}}"#, "call_3_0", [:]),
            (#"{"id":"x","function":{"name":"f","arguments":" "}}"#, "x", [:]),
            (#"{"id":"x","function":{"name":"f","arguments":null}}"#, "x", [:]),
        ] as [(String, String, JSONObject)])
    func toolCallsAreRead(call: String, id: String, arguments: JSONObject) throws {
        let response = try read(completion(#"{"content":null,"tool_calls":[\#(call)]}"#))
        #expect(response.message.toolCalls == [ToolCall(id: id, name: "f", arguments: arguments)])
        #expect(response.finishReason == .toolCalls)
    }

    @Test(arguments: [
        (#"[{"id":"x","function":{"name":"f","arguments":"{\"a\":"}}]"#, #"{"a":"#),
        (#"[{"id":"x","function":{"name":"f","arguments":"[1]"}}]"#, "array"),
        (#"[{"id":"x","function":{"name":"f","arguments":"\"{}\""}}]"#, "string"),
        (#"[{"id":"x","function":{"name":"f","arguments":3}}]"#, "integer"),
        (#"[{"id":"x","function":{"name":"","arguments":"{}"}}]"#, "names no function"),
        (#"[{"id":"x"}]"#, "names no function"),
        (#"{"id":"x"}"#, "not a list"),
    ])
    func malformedToolCallsAreTheModelsFaultAndQuoted(calls: String, quote: String) async throws {
        let error = try await evaluationError { try read(completion(#"{"content":"a","tool_calls":\#(calls)}"#)) }
        #expect(error.code == .modelMalformedToolCall)
        #expect(error.cause == .model)
        #expect(error.retry == .never)
        #expect(error.message.contains(quote))
    }

    @Test func quotesAreShortAndWithoutSecrets() async throws {
        let long = #"{\"k\":\"sk-secret-key "# + String(repeating: "x", count: 10_000)
        let call = #"[{"id":"x","function":{"name":"f","arguments":"\#(long)"}}]"#
        let error = try await evaluationError { try read(completion(#"{"tool_calls":\#(call)}"#)) }
        #expect(error.message.utf8.count < 600)
        #expect(!error.message.contains("sk-secret-key"))
    }

    @Test(arguments: [
        ("", EvaluationError.Code.providerMalformedReply), ("<html>", .providerMalformedReply),
        ("[]", .providerMalformedReply), ("{}", .providerMalformedReply),
        (#"{"choices":[]}"#, .providerMalformedReply), (#"{"choices":[{}]}"#, .providerMalformedReply),
        (#"{"choices":{"a":1}}"#, .providerMalformedReply),
        (#"{"choices":[{"message":{"content":"a"}"#, .providerMalformedReply),
        (#"{"error":{"message":"busy","code":429}}"#, .providerRateLimited),
        (#"{"error":{"message":"no","code":401}}"#, .providerUnauthorized),
        (#"{"error":"down"}"#, .providerFailed),
        (#"{"choices":[{"error":{"code":502,"message":"x"},"finish_reason":"error"}]}"#, .providerFailed),
        (#"{"choices":[{"message":{"content":null},"finish_reason":"stop"}]}"#, .modelEmptyReply),
        (#"{"choices":[{"message":{"content":"  \n"},"finish_reason":"stop"}]}"#, .modelEmptyReply),
        (#"{"choices":[{"message":{},"finish_reason":"length"}]}"#, .modelEmptyReply),
        (#"{"choices":[{"message":{"content":""},"finish_reason":"content_filter"}]}"#, .modelRefused),
    ])
    func whatIsNoReplyIsATypedError(body: String, code: EvaluationError.Code) async throws {
        let error = try await evaluationError { try read(body) }
        #expect(error.code == code)
        let isModels = code == .modelEmptyReply || code == .modelRefused
        #expect(error.cause == (isModels ? .model : .provider))
        #expect(error.retry.isWorthwhile == (!isModels && code != .providerUnauthorized))
    }

    @Test func deepNestingIsRefusedAndNotFollowed() async throws {
        let body = String(repeating: "[", count: 100_000)
        #expect(try await evaluationError { try read(body) }.code == .providerMalformedReply)
    }

    @Test func theProvidersOwnJSONIsKeptOnRequest() throws {
        let text = completion(#"{"content":"a"}"#, rest: #","system_fingerprint":"fp"}"#.dropLast().description)
        #expect(try read(text, keepsRaw: true).raw?["system_fingerprint"] == "fp")
    }
}

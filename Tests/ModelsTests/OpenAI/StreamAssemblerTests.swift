import Evaluation
import JSON
import Testing

@testable import Models

@Suite struct StreamAssemblerTests {
    private func assemble(_ events: [String]) throws -> JSONValue {
        var assembler = OpenAIStreamAssembler()
        for event in events { try assembler.consume(event, redactor: SecretRedactor([])) }
        return try assembler.completion()
    }

    private func delta(_ delta: String, reason: String = "null") -> String {
        #"{"model":"m","choices":[{"index":0,"delta":\#(delta),"finish_reason":\#(reason)}]}"#
    }

    @Test func piecesOfTextReasoningAndCallsAreJoined() throws {
        let completion = try assemble([
            delta(#"{"role":"assistant","content":""}"#), delta(#"{"reasoning_content":"hm"}"#),
            delta(#"{"content":"Hel"}"#), delta(#"{"content":"lo"}"#),
            delta(#"{"tool_calls":[{"index":1,"id":"b","function":{"name":"g","arguments":"{}"}}]}"#),
            delta(#"{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\""}}]}"#),
            delta(#"{"tool_calls":[{"index":0,"function":{"arguments":":1}"}}]}"#),
            delta("{}", reason: #""tool_calls""#),
            #"{"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4}}"#, "[DONE]",
        ])
        let message = completion["choices"]?[0]?["message"]
        #expect(message?["content"] == "Hello")
        #expect(message?["reasoning_content"] == "hm")
        #expect(message?.at("tool_calls[0].id") == "a")
        #expect(message?.at("tool_calls[0].function.arguments") == #"{"x":1}"#)
        #expect(message?.at("tool_calls[1].function.name") == "g")
        #expect(completion.at("choices[0].finish_reason") == "tool_calls")
        #expect(completion.at("usage.prompt_tokens") == 3)
        #expect(completion["model"] == "m")
    }

    @Test func otherChoicesAreLeftAside() throws {
        let completion = try assemble([
            #"{"choices":[{"index":1,"delta":{"content":"B"}},{"index":0,"delta":{"content":"A"}}]}"#, "[DONE]",
        ])
        #expect(completion.at("choices[0].message.content") == "A")
    }

    @Test func aStreamWithoutDoneEndsWithItsFinishReason() throws {
        #expect(try assemble([delta(#"{"content":"A"}"#, reason: #""stop""#)]).at("choices[0].finish_reason") == "stop")
    }

    @Test(
        arguments: [
            ([#"{"choices":[{"index":0,"delta":{"content":"A"}}]}"#], EvaluationError.Code.providerMalformedReply),
            ([], .providerMalformedReply), (["{\"choices\""], .providerMalformedReply),
            ([#"{"error":{"message":"overloaded","code":529}}"#], .providerFailed),
            ([#"{"error":{"message":"slow down","code":"429"}}"#], .providerRateLimited),
            (
                [#"{"choices":[{"delta":{"tool_calls":[{"index":1000000,"function":{"name":"f"}}]}}]}"#],
                .providerMalformedReply
            ),
        ] as [([String], EvaluationError.Code)])
    func brokenStreamsAreRetryable(events: [String], code: EvaluationError.Code) async throws {
        let error = try await evaluationError { try assemble(events) }
        #expect(error.code == code)
        #expect(error.retry == .worthwhile)
    }
}

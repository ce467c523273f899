import Evaluation
import JSON

extension RecordedWire {
    private static let chatUsage = """
        "usage":{"prompt_tokens":20,"completion_tokens":7,"prompt_tokens_details":{"cached_tokens":12},\
        "completion_tokens_details":{"reasoning_tokens":3}}
        """
    private static let chatCalls = """
        [{"index":0,"id":"a","type":"function","function":{"name":"get_weather","arguments":"{\\"city\\":\\"Köln\\"}"}},\
        {"index":1,"id":"b","type":"function","function":{"name":"get_weather","arguments":"{\\"city\\":\\"Bonn\\"}"}}]
        """
    private static func call(_ id: String, _ city: String) -> JSONValue {
        [
            "id": .string(id), "type": "function",
            "function": ["name": "get_weather", "arguments": .string("{\"city\":\"\(city)\"}")],
        ]
    }

    static let chat = RecordedWire(
        type: "openai_http", target: "/chat/completions", streamTarget: "/chat/completions",
        keyHeader: ("authorization", "Bearer key-12345678"),
        plain: """
            {"model":"m-1","choices":[{"index":0,"message":{"role":"assistant","content":"Hällo there."},\
            "finish_reason":"stop"}],\(chatUsage)}
            """,
        plainStream: events(
            #"{"model":"m-1","choices":[{"index":0,"delta":{"role":"assistant","content":"Häl"}}]}"#,
            #"{"model":"m-1","choices":[{"index":0,"delta":{"content":"lo there."},"finish_reason":"stop"}]}"#,
            #"{"model":"m-1","choices":[],"# + chatUsage + "}", "[DONE]"),
        calls: """
            {"model":"m-1","choices":[{"index":0,"message":{"role":"assistant","content":"Let me see.",\
            "tool_calls":\(chatCalls)},"finish_reason":"tool_calls"}],\(chatUsage)}
            """,
        callsStream: events(
            #"{"model":"m-1","choices":[{"index":0,"delta":{"content":"Let me see.","tool_calls":"# + chatCalls
                + "}}]}",
            #"{"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}"#, "[DONE]"),
        followUp: [
            "max_tokens": 100,
            "messages": [
                ["role": "system", "content": "Be brief."], ["role": "user", "content": "Hello"],
                [
                    "role": "assistant", "content": "Let me see.",
                    "tool_calls": [call("a", "Köln"), call("b", "Bonn")],
                ],
                ["role": "tool", "tool_call_id": "a", "content": "rain"],
                ["role": "tool", "tool_call_id": "b", "content": "no such city"],
            ],
        ],
        usage: Usage(inputTokens: 20, outputTokens: 7, cachedInputTokens: 12, reasoningTokens: 3),
        unauthorized: RecordedFailure(
            status: 401, body: #"{"error":{"message":"Incorrect API key","code":"invalid_api_key"}}"#),
        tooLong: RecordedFailure(
            status: 400,
            body: #"{"error":{"message":"This model's maximum context length is 8 tokens.","#
                + #""code":"context_length_exceeded"}}"#),
        overloaded: RecordedFailure(
            status: 503, body: #"{"error":{"message":"The engine is currently overloaded"}}"#),
        filtered: RecordedFailure(
            status: 200,
            body: #"{"choices":[{"message":{"role":"assistant","content":null},"finish_reason":"content_filter"}]}"#),
        malformedCall:
            #"{"choices":[{"message":{"tool_calls":[{"id":"a","function":{"name":"f","arguments":"{\"x\""}}]}}]}"#)

    static let azure: RecordedWire = {
        var wire = chat
        wire.type = "azure_openai"
        wire.config = ["model": "m", "deployment": "my dep", "api_version": "2024-10-21"]
        wire.target = "/openai/deployments/my%20dep/chat/completions?api-version=2024-10-21"
        wire.streamTarget = wire.target
        wire.keyHeader = ("api-key", "key-12345678")
        wire.filtered = RecordedFailure(
            status: 400,
            body: #"{"error":{"message":"The response was filtered","code":"content_filter","status":400,"#
                + #""innererror":{"code":"ResponsibleAIPolicyViolation"}}}"#)
        return wire
    }()

    private static let responsesUsage = """
        "usage":{"input_tokens":20,"input_tokens_details":{"cached_tokens":12},"output_tokens":7,\
        "output_tokens_details":{"reasoning_tokens":3}}
        """
    private static let responsesPlain = """
        {"id":"resp_1","status":"completed","error":null,"model":"m-1","output":[{"type":"message","id":"msg_1",\
        "role":"assistant","content":[{"type":"output_text","text":"Hällo there."}]}],\(responsesUsage)}
        """
    private static let responsesCalls = """
        {"id":"resp_2","status":"completed","error":null,"model":"m-1","output":[{"type":"reasoning","id":"rs_1",\
        "summary":[{"type":"summary_text","text":"Two cities."}],"encrypted_content":"c2ln","status":"completed"},\
        {"type":"message","role":"assistant","content":[{"type":"output_text","text":"Let me see."}]},\
        {"type":"function_call","id":"fc_1","call_id":"a","name":"get_weather","arguments":"{\\"city\\":\\"Köln\\"}"},\
        {"type":"function_call","id":"fc_2","call_id":"b","name":"get_weather","arguments":"{\\"city\\":\\"Bonn\\"}"}],\
        \(responsesUsage)}
        """

    static let responses = RecordedWire(
        type: "openai_responses", target: "/responses", streamTarget: "/responses",
        keyHeader: ("authorization", "Bearer key-12345678"), plain: responsesPlain,
        plainStream: events(
            #"{"type":"response.created","response":{"status":"in_progress","output":[]}}"#,
            #"{"type":"response.output_text.delta","delta":"Häl"}"#,
            #"{"type":"response.completed","response":"# + responsesPlain + "}"),
        calls: responsesCalls,
        callsStream: events(
            #"{"type":"response.function_call_arguments.delta","item_id":"fc_1","delta":"{"}"#,
            #"{"type":"response.completed","response":"# + responsesCalls + "}"),
        followUp: [
            "max_output_tokens": 100, "store": false,
            "input": [
                ["role": "system", "content": "Be brief."], ["role": "user", "content": "Hello"],
                [
                    "type": "reasoning", "id": "rs_1", "encrypted_content": "c2ln",
                    "summary": [["type": "summary_text", "text": "Two cities."]],
                ],
                ["role": "assistant", "content": "Let me see."],
                ["type": "function_call", "call_id": "a", "name": "get_weather", "arguments": #"{"city":"Köln"}"#],
                ["type": "function_call", "call_id": "b", "name": "get_weather", "arguments": #"{"city":"Bonn"}"#],
                ["type": "function_call_output", "call_id": "a", "output": "rain"],
                ["type": "function_call_output", "call_id": "b", "output": "no such city"],
            ],
        ],
        usage: Usage(inputTokens: 20, outputTokens: 7, cachedInputTokens: 12, reasoningTokens: 3),
        reasoning: "Two cities.", unauthorized: chat.unauthorized, tooLong: chat.tooLong, overloaded: chat.overloaded,
        filtered: RecordedFailure(
            status: 200,
            body: #"{"status":"incomplete","incomplete_details":{"reason":"content_filter"},"output":[]}"#),
        malformedCall:
            #"{"status":"completed","output":[{"type":"function_call","call_id":"a","name":"f","arguments":"{\"x"}]}"#)
}

import Evaluation
import JSON

extension RecordedWire {
    static let anthropic = RecordedWire(
        type: "anthropic", target: "/v1/messages", streamTarget: "/v1/messages",
        keyHeader: ("x-api-key", "key-12345678"),
        plain: """
            {"id":"msg_1","type":"message","role":"assistant","model":"m-1","content":[{"type":"text",\
            "text":"Hällo there."}],"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":5,\
            "cache_creation_input_tokens":3,"cache_read_input_tokens":12,"output_tokens":7}}
            """,
        plainStream: events(
            #"{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m-1","#
                + #""content":[],"stop_reason":null,"usage":{"input_tokens":5,"cache_creation_input_tokens":3,"#
                + #""cache_read_input_tokens":12,"output_tokens":1}}}"#,
            #"{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}"#,
            #"{"type":"ping"}"#,
            #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Häl"}}"#,
            #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"lo there."}}"#,
            #"{"type":"content_block_stop","index":0}"#,
            #"{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":7}}"#,
            #"{"type":"message_stop"}"#),
        calls: """
            {"id":"msg_2","type":"message","role":"assistant","model":"m-1","content":[{"type":"thinking",\
            "thinking":"Two cities.","signature":"c2ln"},{"type":"text","text":"Let me see."},{"type":"tool_use",\
            "id":"a","name":"get_weather","input":{"city":"Köln"}},{"type":"tool_use","id":"b","name":"get_weather",\
            "input":{"city":"Bonn"}}],"stop_reason":"tool_use","usage":{"input_tokens":5,"output_tokens":7}}
            """,
        callsStream: events(
            #"{"type":"message_start","message":{"model":"m-1","content":[],"usage":{"input_tokens":5}}}"#,
            #"{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","#
                + #""signature":""}}"#,
            #"{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Two cities."}}"#,
            #"{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"c2ln"}}"#,
            #"{"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}"#,
            #"{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Let me see."}}"#,
            #"{"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"a","#
                + #""name":"get_weather","input":{}}}"#,
            #"{"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{\"city\""}}"#,
            #"{"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":":\"Köln\"}"}}"#,
            #"{"type":"content_block_start","index":3,"content_block":{"type":"tool_use","id":"b","#
                + #""name":"get_weather","input":{}}}"#,
            #"{"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","#
                + #""partial_json":"{\"city\":\"Bonn\"}"}}"#,
            #"{"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":7}}"#,
            #"{"type":"message_stop"}"#),
        followUp: [
            "system": "Be brief.", "max_tokens": 100,
            "messages": [
                ["role": "user", "content": [["type": "text", "text": "Hello"]]],
                [
                    "role": "assistant",
                    "content": [
                        ["type": "thinking", "thinking": "Two cities.", "signature": "c2ln"],
                        ["type": "text", "text": "Let me see."],
                        ["type": "tool_use", "id": "a", "name": "get_weather", "input": ["city": "Köln"]],
                        ["type": "tool_use", "id": "b", "name": "get_weather", "input": ["city": "Bonn"]],
                    ],
                ],
                [
                    "role": "user",
                    "content": [
                        [
                            "type": "tool_result", "tool_use_id": "a",
                            "content": [["type": "text", "text": "rain"]],
                        ],
                        [
                            "type": "tool_result", "tool_use_id": "b",
                            "content": [["type": "text", "text": "no such city"]], "is_error": true,
                        ],
                    ],
                ],
            ],
        ],
        usage: Usage(inputTokens: 20, outputTokens: 7, cachedInputTokens: 12), reasoning: "Two cities.",
        unauthorized: RecordedFailure(
            status: 401,
            body: #"{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}"#),
        tooLong: RecordedFailure(
            status: 400,
            body: #"{"type":"error","error":{"type":"invalid_request_error","#
                + #""message":"prompt is too long: 204800 tokens > 200000 maximum"}}"#),
        overloaded: RecordedFailure(
            status: 529, body: #"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#),
        filtered: RecordedFailure(
            status: 200, body: #"{"model":"m-1","content":[],"stop_reason":"refusal","usage":{"input_tokens":5}}"#),
        malformedCall:
            #"{"model":"m-1","content":[{"type":"tool_use","id":"a","name":"f","input":[1]}],"stop_reason":"tool_use"}"#
    )
}

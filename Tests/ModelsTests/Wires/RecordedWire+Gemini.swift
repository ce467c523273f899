import Evaluation
import JSON

extension RecordedWire {
    private static let geminiUsage = """
        "usageMetadata":{"promptTokenCount":20,"cachedContentTokenCount":12,"candidatesTokenCount":4,\
        "thoughtsTokenCount":3,"totalTokenCount":27},"modelVersion":"m-1"
        """
    private static let geminiFirst =
        #"{"functionCall":{"id":"a","name":"get_weather","args":{"city":"Köln"}},"thoughtSignature":"c2ln"}"#
    private static let geminiSecond = #"{"functionCall":{"id":"b","name":"get_weather","args":{"city":"Bonn"}}}"#

    static let gemini = RecordedWire(
        type: "gemini", target: "/v1beta/models/m:generateContent",
        streamTarget: "/v1beta/models/m:streamGenerateContent?alt=sse",
        keyHeader: ("x-goog-api-key", "key-12345678"),
        plain: """
            {"candidates":[{"content":{"role":"model","parts":[{"text":"Hällo there."}]},"finishReason":"STOP",\
            "index":0}],\(geminiUsage)}
            """,
        plainStream: events(
            #"{"candidates":[{"content":{"role":"model","parts":[{"text":"Häl"}]},"index":0}],"modelVersion":"m-1"}"#,
            #"{"candidates":[{"content":{"role":"model","parts":[{"text":"lo there."}]},"finishReason":"STOP"}],"#
                + geminiUsage + "}"),
        calls: """
            {"candidates":[{"content":{"role":"model","parts":[{"text":"Two cities.","thought":true},\
            {"text":"Let me see."},\(geminiFirst),\(geminiSecond)]},"finishReason":"STOP"}],\(geminiUsage)}
            """,
        callsStream: events(
            #"{"candidates":[{"content":{"parts":[{"text":"Two ","thought":true}]}}]}"#,
            #"{"candidates":[{"content":{"parts":[{"text":"cities.","thought":true},{"text":"Let me see."}]}}]}"#,
            #"{"candidates":[{"content":{"parts":["# + geminiFirst + "," + geminiSecond + "]}}]}",
            #"{"candidates":[{"content":{"parts":[{"text":""}]},"finishReason":"STOP"}],"# + geminiUsage + "}"),
        followUp: [
            "systemInstruction": ["parts": [["text": "Be brief."]]], "generationConfig": ["maxOutputTokens": 100],
            "contents": [
                ["role": "user", "parts": [["text": "Hello"]]],
                [
                    "role": "model",
                    "parts": [
                        ["text": "Let me see."],
                        [
                            "functionCall": ["name": "get_weather", "args": ["city": "Köln"], "id": "a"],
                            "thoughtSignature": "c2ln",
                        ],
                        ["functionCall": ["name": "get_weather", "args": ["city": "Bonn"], "id": "b"]],
                    ],
                ],
                [
                    "role": "user",
                    "parts": [
                        ["functionResponse": ["name": "get_weather", "response": ["output": "rain"], "id": "a"]],
                        [
                            "functionResponse": [
                                "name": "get_weather", "response": ["error": "no such city"], "id": "b",
                            ]
                        ],
                    ],
                ],
            ],
        ],
        usage: Usage(inputTokens: 20, outputTokens: 7, cachedInputTokens: 12, reasoningTokens: 3),
        reasoning: "Two cities.",
        unauthorized: RecordedFailure(
            status: 400,
            body: #"{"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT","details":"#
                + #"[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID"}]}}"#),
        tooLong: RecordedFailure(
            status: 400,
            body: #"{"error":{"code":400,"message":"The input token count (1200000) exceeds the maximum number of "#
                + #"tokens allowed (1048576).","status":"INVALID_ARGUMENT"}}"#),
        overloaded: RecordedFailure(
            status: 503,
            body: #"{"error":{"code":503,"message":"The model is overloaded.","status":"UNAVAILABLE"}}"#),
        filtered: RecordedFailure(
            status: 200, body: #"{"promptFeedback":{"blockReason":"SAFETY","safetyRatings":[]}}"#),
        malformedCall:
            #"{"candidates":[{"content":{},"finishReason":"MALFORMED_FUNCTION_CALL","finishMessage":"f(x"}]}"#)
}

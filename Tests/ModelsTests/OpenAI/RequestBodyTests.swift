import Evaluation
import JSON
import Testing

@testable import Models

@Suite struct RequestBodyTests {
    private func body(
        _ request: ChatRequest, model: String = "m", adjust: (inout HTTPModelSettings) -> Void = { _ in }
    ) -> String {
        var settings = HTTPModelSettings(model: model, provider: .openAI)
        adjust(&settings)
        return JSONValue.object(OpenAIRequestBody(settings).object(for: request).merging(settings.extraBody)).text()
    }

    @Test func aPlainQuestionIsModelAndMessages() {
        #expect(
            body(Fixtures.request()) == """
                {"model":"m","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hello"}]}
                """)
    }

    @Test func aWholeToolConversationHasOpenAIsShape() {
        let call = ToolCall(id: "c1", name: "get_weather", arguments: ["city": "Köln", "days": 2])
        var request = ChatRequest(
            messages: [
                .user("Weather?"), .assistant(nil, toolCalls: [call]),
                .tool(ToolResult(content: "{\"t\":7}", isError: true), answering: call),
            ], tools: [Fixtures.weatherTool], toolChoice: .required)
        request.parameters = ["seed": 7, "parallel_tool_calls": false]
        request.responseFormat = .jsonObject
        #expect(
            body(request) == """
                {"model":"m","messages":[{"role":"user","content":"Weather?"},\
                {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function",\
                "function":{"name":"get_weather","arguments":"{\\"city\\":\\"Köln\\",\\"days\\":2}"}}]},\
                {"role":"tool","tool_call_id":"c1","content":"{\\"t\\":7}"}],\
                "tools":[{"type":"function","function":{"name":"get_weather","description":"Tells the weather.",\
                "parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}],\
                "tool_choice":"required","seed":7,"parallel_tool_calls":false,"response_format":{"type":"json_object"}}
                """)
    }

    @Test func reasoningIsNeverSent() {
        var said = Message.assistant("Yes.")
        said.reasoning = "secret thoughts"
        #expect(!body(ChatRequest(messages: [said])).contains("thoughts"))
    }

    @Test func segmentsAreSentAsTheyCame() {
        let picture: JSONObject = ["type": "image_url", "image_url": ["url": "data:x"]]
        let message = Message(role: .user, content: .segments([.text("See"), .other(picture)]))
        #expect(
            body(ChatRequest(messages: [message])).contains(
                #""content":[{"type":"text","text":"See"},{"type":"image_url","image_url":{"url":"data:x"}}]"#))
    }

    @Test(arguments: [
        (ToolChoice.auto, #""tool_choice":"auto""#), (.required, #""tool_choice":"required""#),
        (.none, #""tool_choice":"none""#),
        (.named("f"), #""tool_choice":{"type":"function","function":{"name":"f"}}"#),
    ])
    func toolChoicesAreInOpenAIsWords(choice: ToolChoice, text: String) {
        var request = Fixtures.request()
        request.tools = [Fixtures.weatherTool]
        request.toolChoice = choice
        #expect(body(request).contains(text))
    }

    @Test func withoutToolsNothingIsSaidAboutThem() {
        var request = Fixtures.request()
        request.toolChoice = .required
        request.parameters = ["parallel_tool_calls": true]
        let text = body(request) { $0.toolChoice = .auto }
        #expect(!text.contains("tool"))
    }

    @Test func aRequestsToolChoiceWinsOverTheBackends() {
        var request = Fixtures.request()
        request.tools = [Fixtures.weatherTool]
        #expect(body(request) { $0.toolChoice = .auto }.contains(#""tool_choice":"auto""#))
        request.toolChoice = ToolChoice.none
        #expect(body(request) { $0.toolChoice = .auto }.contains(#""tool_choice":"none""#))
    }

    @Test(
        arguments: [
            // layers, request, model, drop, expected parameters
            ([["temperature": 0.5], ["temperature": 0.2]], [:], "m", false, #""temperature":0.2"#),
            ([["temperature": 0.5]], ["temperature": 1.0], "m", false, #""temperature":1.0"#),
            ([["temperature": 0.5]], ["temperature": nil], "m", false, nil),
            ([["max_new_tokens": 5]], [:], "m", false, #""max_tokens":5"#),
            ([["max_new_tokens": 5]], ["max_tokens": 9], "m", false, #""max_tokens":9"#),
            ([["max_tokens": 5]], ["max_completion_tokens": 9], "m", false, #""max_completion_tokens":9"#),
            ([["max_new_tokens": 5]], [:], "gpt-5.2", false, #""max_completion_tokens":5"#),
            ([["max_tokens": 5]], [:], "o3-mini", false, #""max_completion_tokens":5"#),
            ([["max_tokens": 5]], [:], "gpt-5-chat-latest", false, #""max_tokens":5"#),
            ([["temperature": 0.0, "seed": 3]], [:], "gpt-5-mini", true, #""seed":3"#),
            ([["temperature": 0.0]], [:], "gpt-4.1", true, #""temperature":0.0"#),
            ([["top_k": 20]], [:], "m", false, #""top_k":20"#),
        ] as [([JSONObject], JSONObject, String, Bool, String?)])
    func parametersAreMergedInTheEndpointsWords(
        layers: [JSONObject], own: JSONObject, model: String, drops: Bool, expected: String?
    ) {
        var request = ChatRequest(messages: [])
        request.parameters = own
        let text = body(request, model: model) { settings in
            settings.parameterLayers = layers
            settings.dropsUnsupportedParameters = drops
        }
        let tail = expected.map { ",\($0)}" } ?? "}"
        #expect(text == #"{"model":"\#(model)","messages":[]\#(tail)"#)
    }

    @Test func aSchemaIsNamed() {
        var request = ChatRequest(messages: [])
        request.responseFormat = .jsonSchema(name: "verdict", schema: ["type": "object"])
        #expect(
            body(request).contains(
                #""response_format":{"type":"json_schema","json_schema":{"name":"verdict","schema":{"type":"object"}}}"#
            ))
    }

    @Test func streamingAsksForUsageAndTheExtraBodyComesLast() {
        let text = body(ChatRequest(messages: [])) { settings in
            settings.streams = true
            settings.extraBody = ["reasoning": ["effort": "low"], "stream_options": nil]
        }
        #expect(
            text == #"{"model":"m","messages":[],"stream":true,"stream_options":null,"reasoning":{"effort":"low"}}"#)
    }
}

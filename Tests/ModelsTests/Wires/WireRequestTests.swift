import Evaluation
import JSON
import Testing
import Transport

@testable import Models

/// What requests of our words become in each provider's.
@Suite struct WireRequestTests {
    private static let image: Message.Segment = .other([
        "type": "image_url", "image_url": ["url": "data:image/png;base64,aGk="],
    ])

    private func body(
        _ provider: KnownProvider, _ request: ChatRequest, model: String = "m", parameters: JSONObject = [:]
    ) throws -> JSONValue {
        var settings = HTTPModelSettings(model: model, provider: provider)
        settings.parameterLayers = [parameters]
        return .object(try provider.wire.format(settings).body(for: request))
    }

    @Test(arguments: [
        (KnownProvider.anthropic, #"{"max_tokens":9,"temperature":0,"stop_sequences":["x"],"top_k":3}"#),
        (
            .gemini,
            #"{"generationConfig":{"maxOutputTokens":9,"temperature":0,"stopSequences":["x"],"seed":1,"topK":3}}"#
        ),
        (.openAIResponses, #"{"max_output_tokens":9,"temperature":0,"top_k":3}"#),
    ])
    func samplingParametersHaveTheProvidersNames(provider: KnownProvider, expected: String) throws {
        let given: JSONObject = [
            "max_new_tokens": 9, "temperature": 0, "stop": "x", "seed": 1, "user": .null, "top_k": 3,
        ]
        let body = try body(provider, Fixtures.request(), parameters: given)
        var rest = try #require(body.objectValue)
        for key in ["model", "messages", "system", "contents", "systemInstruction", "input", "store", "stream"] {
            rest[key] = nil
        }
        #expect(JSONValue.object(rest) == (try JSONValue.parse(expected)))
    }

    @Test(arguments: [
        (ToolChoice.auto, #"{"type":"auto"}"#, #"{"mode":"AUTO"}"#, #""auto""#),
        (.required, #"{"type":"any"}"#, #"{"mode":"ANY"}"#, #""required""#),
        (.none, #"{"type":"none"}"#, #"{"mode":"NONE"}"#, #""none""#),
        (
            .named("f"), #"{"type":"tool","name":"f"}"#, #"{"mode":"ANY","allowedFunctionNames":["f"]}"#,
            #"{"type":"function","name":"f"}"#
        ),
    ])
    func toolChoicesHaveTheProvidersWords(
        choice: ToolChoice, anthropic: String, gemini: String, responses: String
    ) throws {
        var request = Fixtures.request()
        request.tools = [Fixtures.weatherTool]
        request.toolChoice = choice
        #expect(try body(.anthropic, request)["tool_choice"]?.text() == anthropic)
        #expect(try body(.gemini, request)["toolConfig"]?["functionCallingConfig"]?.text() == gemini)
        #expect(try body(.openAIResponses, request)["tool_choice"]?.text() == responses)
    }

    @Test func parallelCallsAreSwitchedOffWhereAnthropicHasTheSwitch() throws {
        var request = Fixtures.request()
        request.tools = [Fixtures.weatherTool]
        request.parameters = ["parallel_tool_calls": false]
        let choice = try body(.anthropic, request)["tool_choice"]
        #expect(choice == ["type": "auto", "disable_parallel_tool_use": true])
        #expect(try body(.openAIResponses, request)["parallel_tool_calls"] == false)
    }

    @Test func imagesAreSentInTheProvidersForm() throws {
        let message = Message(role: .user, content: .segments([.text("What is this?"), Self.image]))
        let request = ChatRequest(messages: [message])
        #expect(
            try body(.anthropic, request).at("messages[0].content[1].source")
                == ["type": "base64", "media_type": "image/png", "data": "aGk="])
        #expect(
            try body(.gemini, request).at("contents[0].parts[1].inlineData") == [
                "mimeType": "image/png", "data": "aGk=",
            ])
        #expect(
            try body(.openAIResponses, request).at("input[0].content[1]")
                == ["type": "input_image", "image_url": "data:image/png;base64,aGk="])
    }

    @Test(arguments: [KnownProvider.anthropic, .gemini, .openAIResponses])
    func aSegmentWithoutAFormIsRefusedAndNotLeftOut(provider: KnownProvider) async throws {
        let request = ChatRequest(messages: [
            Message(role: .user, content: .segments([.other(["type": "input_audio", "input_audio": [:]])]))
        ])
        let error = try await evaluationError { try body(provider, request) }
        #expect(error.code == .providerBadRequest && error.cause == .task && error.message.contains("input_audio"))
    }

    @Test(arguments: [(KnownProvider.anthropic, "messages"), (.gemini, "contents")])
    func aConversationThatTheModelOpensGetsAFirstTurnAndTurnsAlternate(
        provider: KnownProvider, key: String
    ) throws {
        let request = ChatRequest(messages: [
            .assistant("Hi! How can I help?"), .user("One."), .user("Two."), .system("Mind the gap."),
        ])
        let turns = try #require(try body(provider, request)[key]?.arrayValue)
        #expect(turns.count == 3)
        #expect(turns.map { $0["role"]?.stringValue == "user" } == [true, false, true])
        #expect((turns[2]["content"] ?? turns[2]["parts"])?.arrayValue?.count == 2)
    }

    @Test func aReasoningModelIsAskedForItsReasoningItems() throws {
        #expect(try body(.openAIResponses, Fixtures.request())["include"] == nil)
        let body = try body(
            .openAIResponses, Fixtures.request(), model: "gpt-5", parameters: ["reasoning_effort": "low"])
        #expect(body["include"] == ["reasoning.encrypted_content"])
        #expect(body["reasoning"] == ["effort": "low"])
    }

    @Test(arguments: [
        (#"{"type":"object","properties":{},"additionalProperties":false}"#, #"{"type":"object","properties":{}}"#),
        (#"{"type":["string","null"],"format":"email"}"#, #"{"type":"string","nullable":true}"#),
        (#"{"type":["string","integer"]}"#, #"{"anyOf":[{"type":"string"},{"type":"integer"}]}"#),
        (#"{"anyOf":[{"type":"integer"},{"type":"null"}],"default":null}"#, #"{"type":"integer","nullable":true}"#),
        (#"{"const":"a"}"#, #"{"enum":["a"]}"#), (#"{"type":"integer","enum":[1,2]}"#, #"{"type":"integer"}"#),
        (
            ##"{"properties":{"p":{"$ref":"#/$defs/P"}},"$defs":{"P":{"type":"string","minLength":1}}}"##,
            #"{"properties":{"p":{"type":"string","minLength":1}}}"#
        ),
        (#"{"oneOf":[{"type":"string"},{"type":"number"}]}"#, #"{"anyOf":[{"type":"string"},{"type":"number"}]}"#),
        (#"{"allOf":[{"type":"string"}],"description":"d"}"#, #"{"type":"string","description":"d"}"#),
    ])
    func schemasAreReducedToWhatGeminiAccepts(schema: String, expected: String) throws {
        let given = try #require(try JSONValue.parse(schema).objectValue)
        #expect(JSONValue.object(GeminiSchema.reduced(given)) == (try JSONValue.parse(expected)))
    }

    @Test func aSchemaThatContainsItselfEnds() throws {
        let schema: JSONObject = [
            "type": "object", "properties": ["next": ["$ref": "#"]],
        ]
        #expect(JSONValue.object(GeminiSchema.reduced(schema)).text().utf8.count < 4000)
    }

    @Test(arguments: [
        (KnownProvider.anthropic, "https://h", "https://h/v1/messages"),
        (.anthropic, "https://h/v1/", "https://h/v1/messages"),
        (.anthropic, "https://h/v1/messages", "https://h/v1/messages"),
        (.gemini, "https://h/v1", "https://h/v1/models/m:generateContent"),
        (
            .azure, "https://h.openai.azure.com/",
            "https://h.openai.azure.com/openai/deployments/m/chat/completions?api-version=v"
        ),
        (.azure, "https://h/openai/deployments/m", "https://h/openai/deployments/m/chat/completions?api-version=v"),
        (.openAIResponses, "https://h/v1", "https://h/v1/responses"),
    ])
    func addressesAreReadAsPeopleWriteThem(provider: KnownProvider, base: String, url: String) throws {
        var settings = HTTPModelSettings(model: "m", provider: provider)
        settings.baseURL = base
        settings.apiVersion = "v"
        let identity = BackendIdentity(id: "b", baseDirectory: "", environment: [:])
        #expect(try ModelEndpoint(settings, backend: identity).url.text == url)
    }

    @Test(arguments: [
        (KnownProvider.anthropic, "ANTHROPIC_API_KEY", "x-api-key", "k-12345678"),
        (.gemini, "GOOGLE_API_KEY", "x-goog-api-key", "k-12345678"),
        (.azure, "AZURE_OPENAI_API_KEY", "api-key", "k-12345678"),
        (.openAIResponses, "OPENAI_API_KEY", "Authorization", "Bearer k-12345678"),
    ])
    func keysComeFromTheUsualVariablesAndMissingOnesAreToldAtTheStart(
        provider: KnownProvider, variable: String, header: String, value: String
    ) async throws {
        var settings = HTTPModelSettings(model: "m", provider: provider)
        settings.requiresAPIKey = provider.wire == .azureChatCompletions
        let address = ["AZURE_API_BASE": "https://h.openai.azure.com"]
        let named = BackendIdentity(
            id: "b", baseDirectory: "", environment: address.merging([variable: "k-12345678"]) { $1 })
        let endpoint = try ModelEndpoint(settings, backend: named)
        #expect(endpoint.headers.contains { $0.name == header && $0.value == value })
        #expect(!"\(endpoint)".contains("k-1234"))
        let without = BackendIdentity(id: "b", baseDirectory: "", environment: address)
        let error = try await evaluationError { try ModelEndpoint(settings, backend: without) }
        #expect(error.code == .configurationInvalid && error.advice?.contains("_API_KEY") == true)
    }

    @Test(arguments: [
        ("anthropic", "claude-sonnet-4-20250514"), ("gemini", "gemini-2.5-flash"), ("openai", "gpt-4.1-2025-04-14"),
    ])
    func theProvidersOwnModelsHavePrices(provider: String, model: String) {
        #expect(PriceTable.builtIn.price(of: model, provider: provider) != nil)
    }
}

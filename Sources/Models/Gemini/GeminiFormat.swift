import Evaluation
import JSON

/// Gemini's `generateContent` protocol.
struct GeminiFormat: WireFormat {
    private static let home = "generationConfig"
    private static let table = ParameterTable(
        places: [
            "top_p": [home, "topP"], "top_k": [home, "topK"], "max_tokens": [home, "maxOutputTokens"],
            "max_completion_tokens": [home, "maxOutputTokens"], "stop": [home, "stopSequences"],
            "presence_penalty": [home, "presencePenalty"], "frequency_penalty": [home, "frequencyPenalty"],
            "n": [home, "candidateCount"],
        ], dropped: ["parallel_tool_calls", "user", "logit_bias"], lists: ["stop"], home: [home],
        ofBody: ["safetySettings", "cachedContent", "labels", "toolConfig", home])

    private let settings: HTTPModelSettings
    private let dialect: SamplingDialect

    init(_ settings: HTTPModelSettings) {
        self.settings = settings
        dialect = SamplingDialect(model: settings.model, isOpenAI: false, dropsUnsupported: false)
    }

    func body(for request: ChatRequest) throws(EvaluationError) -> JSONObject {
        let writer = GeminiMessage(request.messages)
        let conversation = try AlternatingTurns(
            request.messages, opening: { ["text": .string($0)] }, blocks: writer.parts)
        var body: JSONObject = [:]
        if let instructions = conversation.instructions {
            body["systemInstruction"] = ["parts": [["text": .string(instructions)]]]
        }
        body["contents"] = .array(
            conversation.turns.map { turn in
                ["role": turn.isModel ? "model" : "user", "parts": .array(turn.blocks)]
            })
        if !request.tools.isEmpty {
            body["tools"] = [["functionDeclarations": .array(request.tools.map(Self.tool))]]
            if let choice = request.toolChoice ?? settings.toolChoice {
                body["toolConfig"] = ["functionCallingConfig": Self.choice(choice)]
            }
        }
        Self.table.write(dialect.merge(settings.parameterLayers + [request.parameters]), into: &body)
        if let format = Self.format(request.responseFormat) {
            body[Self.home] = .object((body[Self.home]?.objectValue ?? [:]).merging(format))
        }
        return body
    }

    func parts(of reply: JSONObject, _ reader: ReplyReader) throws(EvaluationError) -> ReplyParts {
        try GeminiReply(reader: reader).parts(of: reply)
    }

    func makeAssembler() -> any StreamAssembler { GeminiStreamAssembler() }

    private static func tool(_ tool: ToolDefinition) -> JSONValue {
        var object: JSONObject = ["name": .string(tool.name)]
        if let description = tool.description { object["description"] = .string(description) }
        let schema = GeminiSchema.reduced(tool.parameters)
        // A tool without parameters has no schema: one of an object without properties is refused.
        if schema["properties"]?.objectValue?.isEmpty == false { object["parameters"] = .object(schema) }
        return .object(object)
    }

    private static func choice(_ choice: ToolChoice) -> JSONValue {
        switch choice {
        case .auto: ["mode": "AUTO"]
        case .required: ["mode": "ANY"]
        case .none: ["mode": "NONE"]
        case .named(let name): ["mode": "ANY", "allowedFunctionNames": [.string(name)]]
        }
    }

    private static func format(_ format: ChatRequest.ResponseFormat) -> JSONObject? {
        switch format {
        case .text: nil
        case .jsonObject: ["responseMimeType": "application/json"]
        case .jsonSchema(_, let schema):
            [
                "responseMimeType": "application/json", "responseSchema": .object(GeminiSchema.reduced(schema)),
            ]
        }
    }
}

public import Evaluation
public import JSON

/// Writes chat requests as the bodies that OpenAI-compatible endpoints read.
struct OpenAIRequestBody: Sendable {
    private let model: String
    private let dialect: SamplingDialect
    private let defaults: [JSONObject]
    private let toolChoice: ToolChoice?
    private let streams: Bool

    init(_ settings: HTTPModelSettings) {
        model = settings.model
        dialect = SamplingDialect(
            model: settings.model, isOpenAI: settings.provider.servesOpenAIModels,
            dropsUnsupported: settings.dropsUnsupportedParameters)
        defaults = settings.parameterLayers
        toolChoice = settings.toolChoice
        streams = settings.streams
    }

    /// The body of a request: the model, the conversation, the tools, then everything that steers the reply.
    func object(for request: ChatRequest) -> JSONObject {
        var body: JSONObject = ["model": .string(model), "messages": .array(request.messages.map(\.wire))]
        let hasTools = !request.tools.isEmpty
        if hasTools {
            body["tools"] = .array(request.tools.map(\.json))
            if let choice = request.toolChoice ?? toolChoice { body["tool_choice"] = choice.wire }
        }
        for (key, value) in dialect.merge(defaults + [request.parameters]) {
            // Providers refuse this one where there is nothing to call.
            if key == "parallel_tool_calls", !hasTools { continue }
            body[key] = value
        }
        if let format = request.responseFormat.wire { body["response_format"] = format }
        if streams {
            body["stream"] = true
            body["stream_options"] = ["include_usage": true]
        }
        return body
    }
}

extension Message {
    /// The message as OpenAI's protocol wants it: arguments as text, and nothing that is not of the protocol.
    fileprivate var wire: JSONValue {
        var object: JSONObject = ["role": .string(role.rawValue)]
        if role == .tool {
            if let toolCallID { object["tool_call_id"] = .string(toolCallID) }
        } else if let name {
            object["name"] = .string(name)
        }
        switch content {
        case .empty: object["content"] = toolCalls.isEmpty ? "" : .null
        case .text(let text): object["content"] = .string(text)
        case .segments:
            let segments = spokenSegments
            object["content"] = segments.isEmpty ? .null : .array(segments.map(\.json))
        }
        if !toolCalls.isEmpty { object["tool_calls"] = .array(toolCalls.map(\.wire)) }
        return .object(object)
    }
}

extension ToolCall {
    fileprivate var wire: JSONValue {
        let text = JSONValue.object(arguments).text()
        return [
            "id": .string(id), "type": "function",
            "function": ["name": .string(name), "arguments": .string(text)],
        ]
    }
}

extension ToolChoice {
    /// The choice in OpenAI's words.
    public var wire: JSONValue {
        switch self {
        case .auto: "auto"
        case .required: "required"
        case .none: "none"
        case .named(let name): ["type": "function", "function": ["name": .string(name)]]
        }
    }
}

extension ChatRequest.ResponseFormat {
    /// The format in OpenAI's words; nil for free text, which needs no word.
    public var wire: JSONValue? {
        switch self {
        case .text: nil
        case .jsonObject: ["type": "json_object"]
        case .jsonSchema(let name, let schema):
            ["type": "json_schema", "json_schema": ["name": .string(name), "schema": .object(schema)]]
        }
    }
}

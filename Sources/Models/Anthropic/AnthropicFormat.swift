import Evaluation
import JSON

/// Anthropic's messages protocol.
struct AnthropicFormat: WireFormat {
    /// The longest reply where the configuration says nothing; the protocol wants a number.
    private static let longestReply = 8192
    private static let table = ParameterTable(
        places: [
            "max_tokens": ["max_tokens"], "max_completion_tokens": ["max_tokens"], "stop": ["stop_sequences"],
        ],
        dropped: [
            "seed", "n", "presence_penalty", "frequency_penalty", "parallel_tool_calls", "logprobs", "top_logprobs",
            "logit_bias", "user",
        ], lists: ["stop"])

    private let settings: HTTPModelSettings
    private let dialect: SamplingDialect

    init(_ settings: HTTPModelSettings) {
        self.settings = settings
        dialect = SamplingDialect(model: settings.model, isOpenAI: false, dropsUnsupported: false)
    }

    func body(for request: ChatRequest) throws(EvaluationError) -> JSONObject {
        let sampling = dialect.merge(settings.parameterLayers + [request.parameters])
        let conversation = try AlternatingTurns(
            request.messages, opening: { ["type": "text", "text": .string($0)] }, blocks: AnthropicMessage.blocks)
        var body: JSONObject = ["model": .string(settings.model), "max_tokens": JSONValue(Self.longestReply)]
        if let instructions = conversation.instructions { body["system"] = .string(instructions) }
        body["messages"] = .array(
            conversation.turns.map { turn in
                ["role": turn.isModel ? "assistant" : "user", "content": .array(turn.blocks)]
            })
        if !request.tools.isEmpty {
            body["tools"] = .array(request.tools.map(Self.tool))
            body["tool_choice"] = Self.choice(
                request.toolChoice ?? settings.toolChoice, isParallel: sampling["parallel_tool_calls"]?.boolValue)
        }
        Self.table.write(sampling, into: &body)
        if case .jsonSchema(_, let schema) = request.responseFormat {
            body["output_config"] = ["format": ["type": "json_schema", "schema": .object(schema)]]
        }
        if settings.streams { body["stream"] = true }
        return body
    }

    func parts(of reply: JSONObject, _ reader: ReplyReader) throws(EvaluationError) -> ReplyParts {
        try AnthropicReply(reader: reader).parts(of: reply)
    }

    func makeAssembler() -> any StreamAssembler { AnthropicStreamAssembler() }

    private static func tool(_ tool: ToolDefinition) -> JSONValue {
        var object: JSONObject = ["name": .string(tool.name)]
        if let description = tool.description { object["description"] = .string(description) }
        object["input_schema"] = .object(tool.parameters.isEmpty ? ["type": "object"] : tool.parameters)
        return .object(object)
    }

    /// The choice in Anthropic's words, which is also where parallel calls are switched off.
    private static func choice(_ choice: ToolChoice?, isParallel: Bool?) -> JSONValue? {
        var object: JSONObject
        switch choice {
        case nil:
            guard isParallel == false else { return nil }
            object = ["type": "auto"]
        case .auto?: object = ["type": "auto"]
        case .required?: object = ["type": "any"]
        case ToolChoice.none?: return ["type": "none"]
        case .named(let name)?: object = ["type": "tool", "name": .string(name)]
        }
        if isParallel == false { object["disable_parallel_tool_use"] = true }
        return .object(object)
    }
}

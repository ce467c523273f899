import Evaluation
import JSON

/// OpenAI's responses protocol, used without state at the provider: every request brings the whole conversation.
struct OpenAIResponsesFormat: WireFormat {
    private static let table = ParameterTable(
        places: [
            "max_tokens": ["max_output_tokens"], "max_completion_tokens": ["max_output_tokens"],
            "reasoning_effort": ["reasoning", "effort"], "verbosity": ["text", "verbosity"],
        ], dropped: ["stop", "seed", "n", "presence_penalty", "frequency_penalty", "logit_bias", "logprobs"])

    private let settings: HTTPModelSettings
    private let dialect: SamplingDialect

    init(_ settings: HTTPModelSettings) {
        self.settings = settings
        dialect = SamplingDialect(
            model: settings.model, isOpenAI: settings.provider.servesOpenAIModels,
            dropsUnsupported: settings.dropsUnsupportedParameters)
    }

    func body(for request: ChatRequest) throws(EvaluationError) -> JSONObject {
        var items: [JSONValue] = []
        for message in request.messages { items += try OpenAIResponsesItems.items(message) }
        var body: JSONObject = ["model": .string(settings.model), "input": .array(items), "store": false]
        // Without this a reasoning item could not be given back, as nothing is stored; other models refuse it.
        if dialect.isReasoningModel { body["include"] = ["reasoning.encrypted_content"] }
        let hasTools = !request.tools.isEmpty
        if hasTools {
            body["tools"] = .array(request.tools.map(Self.tool))
            if let choice = request.toolChoice ?? settings.toolChoice { body["tool_choice"] = Self.choice(choice) }
        }
        var sampling = dialect.merge(settings.parameterLayers + [request.parameters])
        if !hasTools { sampling["parallel_tool_calls"] = nil }
        Self.table.write(sampling, into: &body)
        if let format = Self.format(request.responseFormat) {
            body["text"] = .object((body["text"]?.objectValue ?? [:]).merging(["format": format]))
        }
        // Said either way: there are servers that stream where nothing is said.
        body["stream"] = .bool(settings.streams)
        return body
    }

    func parts(of reply: JSONObject, _ reader: ReplyReader) throws(EvaluationError) -> ReplyParts {
        try OpenAIResponsesReply(reader: reader).parts(of: reply)
    }

    func makeAssembler() -> any StreamAssembler { OpenAIResponsesAssembler() }

    private static func tool(_ tool: ToolDefinition) -> JSONValue {
        var object: JSONObject = ["type": "function"]
        object.merge(tool.json["function"]?.objectValue ?? [:])
        // The protocol takes schemas strictly unless told otherwise, and refuses those that cannot be.
        if object["strict"] == nil { object["strict"] = false }
        return .object(object)
    }

    private static func choice(_ choice: ToolChoice) -> JSONValue {
        guard case .named(let name) = choice else { return choice.wire }
        return ["type": "function", "name": .string(name)]
    }

    private static func format(_ format: ChatRequest.ResponseFormat) -> JSONValue? {
        guard case .jsonSchema(let name, let schema) = format else { return format.wire }
        return ["type": "json_schema", "name": .string(name), "schema": .object(schema)]
    }
}

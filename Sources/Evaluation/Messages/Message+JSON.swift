public import JSON

extension Message {
    /// The message in OpenAI's shape, with `is_error` and `reasoning` beside it where they say something.
    ///
    /// Tool arguments are kept as an object here, not as the string that the wire wants.
    public var json: JSONValue {
        var object: JSONObject = ["role": .string(role.rawValue)]
        switch content {
        case .empty: object["content"] = .null
        case .text(let text): object["content"] = .string(text)
        case .segments(let segments): object["content"] = .array(segments.map(\.json))
        }
        if !toolCalls.isEmpty { object["tool_calls"] = .array(toolCalls.map(\.json)) }
        if let toolCallID { object["tool_call_id"] = .string(toolCallID) }
        if let name { object["name"] = .string(name) }
        if isError { object["is_error"] = true }
        if let reasoning { object["reasoning"] = .string(reasoning) }
        return .object(object)
    }

    /// Reads a message in OpenAI's shape or in the shape that ``json`` writes.
    ///
    /// Tool arguments may be an object or the text of one. Throws ``EvaluationError`` (`data.malformed`) otherwise.
    public init(json: JSONValue) throws(EvaluationError) {
        guard let object = json.objectValue, let name = object["role"]?.stringValue, let role = Role(rawValue: name)
        else {
            throw EvaluationError(.dataMalformed, "a message needs a known role", cause: .task)
        }
        self.init(role: role, content: try Content(json: object["content"] ?? .null))
        var calls: [ToolCall] = []
        for call in object["tool_calls"]?.arrayValue ?? [] { calls.append(try ToolCall(json: call)) }
        toolCalls = calls
        toolCallID = object["tool_call_id"]?.stringValue
        self.name = object["name"]?.stringValue
        isError = object["is_error"]?.boolValue ?? false
        reasoning = object["reasoning"]?.stringValue
    }
}

extension Message.Content {
    /// Reads a content: null, text, or a list of segments.
    public init(json: JSONValue) throws(EvaluationError) {
        switch json {
        case .null: self = .empty
        case .string(let text): self = .text(text)
        case .array(let items):
            var segments: [Message.Segment] = []
            for item in items { segments.append(try Message.Segment(json: item)) }
            self = .segments(segments)
        default:
            throw EvaluationError(
                .dataMalformed, "a message's content is text or a list of segments, not \(json.typeName)", cause: .task)
        }
    }
}

extension Message.Segment {
    /// Reads a segment: `{type: text, text: …}` or any other typed object.
    public init(json: JSONValue) throws(EvaluationError) {
        if let text = json.stringValue {
            self = .text(text)
        } else if let object = json.objectValue {
            if object["type"]?.stringValue == "text", let text = object["text"]?.stringValue {
                self = .text(text)
            } else {
                self = .other(object)
            }
        } else {
            throw EvaluationError(
                .dataMalformed, "a message segment is an object, not \(json.typeName)", cause: .task)
        }
    }

    /// The segment in OpenAI's shape.
    public var json: JSONValue {
        switch self {
        case .text(let text): ["type": "text", "text": .string(text)]
        case .other(let object): .object(object)
        }
    }
}

extension ToolCall {
    /// The call in OpenAI's shape, its arguments an object.
    public var json: JSONValue {
        [
            "id": .string(id), "type": "function",
            "function": ["name": .string(name), "arguments": .object(arguments)],
        ]
    }

    /// Reads a call in OpenAI's shape or flat (`{id, name, arguments}`); arguments as an object or the text of one.
    public init(json: JSONValue) throws(EvaluationError) {
        let function = json["function"] ?? json
        guard let name = function["name"]?.stringValue else {
            throw EvaluationError(.modelMalformedToolCall, "a tool call needs a name", cause: .model)
        }
        let arguments: JSONObject
        switch function["arguments"] {
        case .object(let object): arguments = object
        case .string(let text): arguments = try Self.arguments(from: text, tool: name)
        case nil, .null: arguments = [:]
        case .some(let other):
            throw EvaluationError(
                .modelMalformedToolCall, "the arguments of '\(name)' are \(other.typeName), not an object",
                cause: .model)
        }
        self.init(id: json["id"]?.stringValue ?? "", name: name, arguments: arguments)
    }

    private static func arguments(from text: String, tool: String) throws(EvaluationError) -> JSONObject {
        do {
            if let object = try JSONValue.parse(text).objectValue { return object }
        } catch {
            throw EvaluationError(
                .modelMalformedToolCall, "the arguments of '\(tool)' are not JSON", cause: .model, underlying: error)
        }
        throw EvaluationError(
            .modelMalformedToolCall, "the arguments of '\(tool)' are not a JSON object", cause: .model)
    }
}

public import Evaluation
public import JSON

extension Tau2Message {
    /// Reads a message in the official shape.
    ///
    /// Throws ``EvaluationError`` (`data.malformed`) otherwise.
    public init(json: JSONValue) throws(EvaluationError) {
        guard let object = json.objectValue, let role = object["role"]?.stringValue.flatMap(Role.init) else {
            throw .malformedTau2("a message needs a role: system, assistant, user or tool")
        }
        self.init(role: role, content: try object.optionalString("content", of: "a message"))
        if let calls = object["tool_calls"], !calls.isNull, role != .tool {
            guard let items = calls.arrayValue else { throw .malformedTau2("'tool_calls' must be a list") }
            var read: [RecordedCall] = []
            for item in items { read.append(try RecordedCall(tau2: item)) }
            toolCalls = read
        }
        callID = object["id"]?.stringValue ?? ""
        requestor = try object.requestor("requestor", of: "a message") ?? .assistant
        isError = object["error"]?.boolValue ?? false
        turnIndex = object["turn_idx"]?.intValue
        timestamp = object["timestamp"]?.stringValue
        cost = object["cost"]?.doubleValue
        usage = object["usage"]?.objectValue
        for (key, value) in object where !Self.readKeys.contains(key) { extras[key] = value }
    }

    private static let readKeys: Set<String> = [
        "role", "content", "tool_calls", "id", "requestor", "error", "turn_idx", "timestamp", "cost", "usage",
    ]

    /// The message in the official shape, without the keys that only voice runs use.
    public var json: JSONValue {
        var object: JSONObject = [:]
        if role == .tool {
            object["id"] = .string(callID)
            object["role"] = "tool"
            object["content"] = JSONValue(optional: content)
            object["requestor"] = .string(requestor.rawValue)
            object["error"] = .bool(isError)
        } else {
            object["role"] = .string(role.rawValue)
            object["content"] = JSONValue(optional: content)
            object["tool_calls"] = toolCalls.map { .array($0.map(\.tau2JSON)) } ?? .null
        }
        object["turn_idx"] = JSONValue(optional: turnIndex)
        object["timestamp"] = JSONValue(optional: timestamp)
        if role != .tool {
            object["cost"] = JSONValue(optional: cost)
            object["usage"] = JSONValue(optional: usage)
        }
        object.merge(extras)
        return .object(object)
    }
}

extension RecordedCall {
    /// Reads a call in the official shape.
    ///
    /// Throws ``EvaluationError`` (`data.malformed`) otherwise.
    init(tau2 json: JSONValue) throws(EvaluationError) {
        guard let object = json.objectValue, let name = object["name"]?.stringValue,
            let arguments = object["arguments"]?.objectValue
        else {
            throw .malformedTau2("a tool call needs a name and an object of arguments")
        }
        self.init(
            id: object["id"]?.stringValue ?? "", name: name, arguments: arguments,
            requestor: try object.requestor("requestor", of: "a tool call") ?? .assistant)
    }

    /// The call in the official shape.
    var tau2JSON: JSONValue {
        [
            "id": .string(id), "name": .string(name), "arguments": .object(arguments),
            "requestor": .string(requestor.rawValue),
        ]
    }
}

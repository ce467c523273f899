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
        object["turn_idx"] = turnIndex.map { JSONValue($0) } ?? .null
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

extension EvaluationError {
    /// Official data that are not of the official shape.
    static func malformedTau2(_ message: String) -> EvaluationError {
        EvaluationError(.dataMalformed, message, cause: .task)
    }
}

extension JSONObject {
    /// A text or null; anything else is an error that names the key.
    func optionalString(_ key: String, of owner: String) throws(EvaluationError) -> String? {
        switch self[key] {
        case nil, .null: return nil
        case .string(let text): return text
        case .some(let other): throw .malformedTau2("'\(key)' of \(owner) must be text, not \(other.typeName)")
        }
    }

    /// A text; anything else, absence included, is an error that names the key.
    func requiredString(_ key: String, of owner: String) throws(EvaluationError) -> String {
        guard let text = try optionalString(key, of: owner) else {
            throw .malformedTau2("\(owner) needs '\(key)'")
        }
        return text
    }

    /// An object or null.
    func optionalObject(_ key: String, of owner: String) throws(EvaluationError) -> JSONObject? {
        switch self[key] {
        case nil, .null: return nil
        case .object(let object): return object
        case .some(let other): throw .malformedTau2("'\(key)' of \(owner) must be an object, not \(other.typeName)")
        }
    }

    /// An object.
    func requiredObject(_ key: String, of owner: String) throws(EvaluationError) -> JSONObject {
        guard let object = try optionalObject(key, of: owner) else { throw .malformedTau2("\(owner) needs '\(key)'") }
        return object
    }

    /// A list or null.
    func optionalList(_ key: String, of owner: String) throws(EvaluationError) -> [JSONValue]? {
        switch self[key] {
        case nil, .null: return nil
        case .array(let items): return items
        case .some(let other): throw .malformedTau2("'\(key)' of \(owner) must be a list, not \(other.typeName)")
        }
    }

    /// A list of texts or null.
    func optionalStrings(_ key: String, of owner: String) throws(EvaluationError) -> [String]? {
        guard let items = try optionalList(key, of: owner) else { return nil }
        var texts: [String] = []
        for item in items {
            guard let text = item.stringValue else {
                throw .malformedTau2("'\(key)' of \(owner) must be a list of texts")
            }
            texts.append(text)
        }
        return texts
    }

    /// `assistant`, `user` or null.
    func requestor(_ key: String, of owner: String) throws(EvaluationError) -> Requestor? {
        guard let name = try optionalString(key, of: owner) else { return nil }
        guard let requestor = Requestor(rawValue: name) else {
            throw .malformedTau2("'\(key)' of \(owner) must be 'assistant' or 'user', not '\(name)'")
        }
        return requestor
    }
}

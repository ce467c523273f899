import JSON

/// One message of JSON-RPC 2.0.
enum RPCMessage: Sendable {
    /// Something is asked, and answered under the same id.
    case request(id: JSONValue, method: String, params: JSONObject)
    /// Something is told.
    case notification(method: String, params: JSONObject)
    /// A request was answered.
    case result(id: JSONValue, value: JSONValue)
    /// A request was refused; without an id nobody knows which.
    case failure(id: JSONValue?, error: RPCError)

    /// How deep a message may be nested: what tools exchange is flat, and a schema has a few levels.
    static let maximumDepth = 200

    /// Reads what a transport brought: one message, or a list of them.
    ///
    /// Throws ``MCPFailure`` of kind `malformed` for anything else.
    static func read(_ text: String) throws(MCPFailure) -> [RPCMessage] {
        let json: JSONValue
        do {
            json = try JSONValue.parse(text, options: JSONParsingOptions(maximumDepth: maximumDepth))
        } catch {
            throw MCPFailure(.malformed, "what it sends is no JSON (\(error))", excerpt: text)
        }
        let items = json.arrayValue ?? [json]
        var messages: [RPCMessage] = []
        for item in items { messages.append(try one(item)) }
        return messages
    }

    private static func one(_ json: JSONValue) throws(MCPFailure) -> RPCMessage {
        guard let object = json.objectValue, object["jsonrpc"]?.stringValue == "2.0" else {
            throw MCPFailure(.malformed, "what it sends is no JSON-RPC 2.0", excerpt: json.text())
        }
        let id = object["id"].flatMap { $0.isNull ? nil : $0 }
        if let method = object["method"]?.stringValue {
            let params = object["params"]?.objectValue ?? [:]
            return id.map { .request(id: $0, method: method, params: params) }
                ?? .notification(method: method, params: params)
        }
        if let error = object["error"] { return .failure(id: id, error: RPCError(json: error)) }
        if let id, let result = object["result"] { return .result(id: id, value: result) }
        throw MCPFailure(.malformed, "what it sends is neither a request nor an answer", excerpt: json.text())
    }

    /// The message as it is sent.
    var json: JSONValue {
        var object: JSONObject = ["jsonrpc": "2.0"]
        switch self {
        case .request(let id, let method, let params):
            object["id"] = id
            object["method"] = .string(method)
            if !params.isEmpty { object["params"] = .object(params) }
        case .notification(let method, let params):
            object["method"] = .string(method)
            if !params.isEmpty { object["params"] = .object(params) }
        case .result(let id, let value):
            object["id"] = id
            object["result"] = value
        case .failure(let id, let error):
            object["id"] = id ?? .null
            object["error"] = error.json
        }
        return .object(object)
    }
}

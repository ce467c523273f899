import JSON

/// What servers of these tests say.
enum Answers {
    /// The answer to a request.
    static func result(_ id: JSONValue, _ value: JSONValue) -> JSONValue {
        ["jsonrpc": "2.0", "id": id, "result": value]
    }

    /// The answer to `initialize`.
    static func hello(_ id: JSONValue, version: String = "2025-06-18") -> JSONValue {
        result(
            id, ["protocolVersion": .string(version), "capabilities": ["tools": [:]], "serverInfo": ["name": "stub"]])
    }

    /// A page of tools with these names.
    static func tools(_ id: JSONValue, _ names: [String], next: String? = nil) -> JSONValue {
        var value: JSONObject = [
            "tools": .array(names.map { ["name": .string($0), "inputSchema": ["type": "object"]] })
        ]
        value["nextCursor"] = next.map { .string($0) }
        return result(id, .object(value))
    }

    /// A tool's answer in words.
    static func text(_ id: JSONValue, _ text: String) -> JSONValue {
        result(id, ["content": [["type": "text", "text": .string(text)]], "isError": false])
    }

    /// A message as an event.
    static func event(_ message: JSONValue, id: String? = nil) -> String {
        "\(id.map { "id: \($0)\n" } ?? "")event: message\ndata: \(message.text())\n\n"
    }
}

extension LoopbackHTTP {
    /// A server that greets properly and answers other requests as told.
    static func greeting(
        session: String? = nil, version: String = "2025-06-18",
        _ answer: @escaping @Sendable (LoopbackRequest) -> LoopbackAnswer
    ) throws -> LoopbackHTTP {
        try LoopbackHTTP { request in
            switch request.rpc {
            case "initialize":
                return .json(
                    Answers.hello(request.id, version: version), headers: session.map { [("Mcp-Session-Id", $0)] } ?? []
                )
            case "notifications/initialized": return .status(202)
            default: return answer(request)
            }
        }
    }
}

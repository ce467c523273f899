import JSON

/// A failure in JSON-RPC's shape: a number, a sentence, and more about it.
struct RPCError: Sendable, Hashable {
    var code: Int
    var message: String
    var data: JSONValue?

    /// There is no such method.
    static let methodNotFound = Self(code: -32601, message: "Method not found")

    init(code: Int, message: String, data: JSONValue? = nil) {
        self.code = code
        self.message = message
        self.data = data
    }

    init(json: JSONValue) {
        code = json["code"]?.intValue ?? 0
        message = json["message"]?.stringValue ?? "no message"
        data = json["data"].flatMap { $0.isNull ? nil : $0 }
    }

    var json: JSONValue {
        var object: JSONObject = ["code": .int(Int64(code)), "message": .string(message)]
        object["data"] = data
        return .object(object)
    }
}

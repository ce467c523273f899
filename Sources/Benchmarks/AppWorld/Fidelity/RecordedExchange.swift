import JSON

/// The three servers of an AppWorld environment.
public enum AppWorldServer: String, Sendable, Hashable, CaseIterable {
    case environment, apis, mcp
}

/// One request to a server and what it answered, as it was recorded.
struct RecordedExchange: Sendable {
    /// What is sent.
    struct Request: Sendable {
        var method: String
        var path: String
        var headers: [(name: String, value: String)]
        /// JSON, or a text that is sent as it is; null for none.
        var body: JSONValue
    }

    /// What came back.
    struct Response: Sendable {
        /// nil when the server had not finished its answer by the recorder's time limit.
        var status: Int?
        var headers: [String: String]
        /// JSON, or a text where the answer was none.
        var body: JSONValue
    }

    var sequence: Int
    var server: AppWorldServer
    var name: String
    var request: Request
    var response: Response

    /// Reads an `exchange` line; nil for anything else.
    init?(_ json: JSONValue) {
        guard json["type"]?.stringValue == "exchange", let request = json["request"], let response = json["response"],
            let server = json["server"]?.stringValue.flatMap(AppWorldServer.init(rawValue:)),
            let method = request["method"]?.stringValue, let path = request["path"]?.stringValue
        else { return nil }
        sequence = json["seq"]?.intValue ?? 0
        self.server = server
        name = json["name"]?.stringValue ?? "\(method) \(path)"
        let headers = request["headers"]?.objectValue ?? [:]
        self.request = Request(
            method: method, path: path, headers: headers.map { ($0.key, $0.value.stringValue ?? "") },
            body: request["body"] ?? .null)
        var fields: [String: String] = [:]
        for (name, value) in response["headers"]?.objectValue ?? [:] { fields[name.lowercased()] = value.stringValue }
        self.response = Response(
            status: response["status"]?.intValue, headers: fields, body: response["body"] ?? .null)
    }
}

/// One file of recorded exchanges, in order: they build on one another.
struct RecordedSession: Sendable {
    /// The file's name without its extension.
    var topic: String
    /// The kind of results that the MCP server was set to, where the file says so.
    var outputType: String?
    var exchanges: [RecordedExchange] = []

    init(topic: String) { self.topic = topic }

    /// Takes a line of the file.
    mutating func take(_ json: JSONValue) {
        if json["type"]?.stringValue == "meta" { outputType = json["output_type"]?.stringValue ?? outputType }
        if let exchange = RecordedExchange(json) { exchanges.append(exchange) }
    }
}

import JSON

/// What a server answers now, in the form of a recorded answer.
struct LiveAnswer: Sendable {
    /// nil when the answer had not ended by the time limit.
    var status: Int?
    var contentType: String
    var location: String?
    var allow: String?
    var body: JSONValue

    /// The media type of a `content-type` field.
    static func mediaType(_ field: String) -> String {
        String(field.prefix { $0 != ";" }).lowercased().filter { !$0.isWhitespace }
    }

    /// The JSON of an MCP answer, which comes as the data of one server-sent event; the value itself where it is none.
    static func message(in body: JSONValue) -> JSONValue {
        guard let text = body.stringValue else { return body }
        for line in text.split(whereSeparator: \.isNewline) where line.hasPrefix("data:") {
            // Data that is not JSON has been cut by whoever recorded it.
            if let json = try? JSONValue.parse(String(line.dropFirst(5))) { return json }
        }
        return body
    }

    /// What an API answered, wherever it stands: in an MCP result, or as the body.
    static func apiAnswer(in body: JSONValue) -> JSONValue {
        let message = message(in: body)
        return message["result"]?["structuredContent"]?["response"] ?? message
    }
}

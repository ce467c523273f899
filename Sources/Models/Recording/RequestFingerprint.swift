public import Evaluation
public import JSON

/// A request reduced to what tells it from others: digests of its messages and tools, and its parameters.
///
/// Small enough to be written beside every recorded reply, and still able to say where two requests part.
public struct RequestFingerprint: Sendable, Hashable {
    /// Sixteen hexadecimal digits for each message, reasoning left out as it is never sent.
    public var messages: [String]
    /// The same for the list of tools; empty where there are none.
    public var tools: String
    /// The tool choice, the sampling parameters and the reply's format.
    public var settings: JSONObject

    /// Reduces a request.
    public init(_ request: ChatRequest) {
        messages = request.messages.map { message in
            var sent = message
            sent.reasoning = nil
            return Self.short(sent.json)
        }
        tools = request.tools.isEmpty ? "" : Self.short(.array(request.tools.map(\.json)))
        settings = [:]
        if let choice = request.toolChoice { settings["tool_choice"] = choice.wire }
        if !request.parameters.isEmpty { settings["parameters"] = .object(request.parameters) }
        if let format = request.responseFormat.wire { settings["response_format"] = format }
    }

    /// Reads what ``json`` writes; nil for anything else.
    init?(json: JSONValue) {
        guard let messages = json["messages"]?.arrayValue, let tools = json["tools"]?.stringValue,
            let settings = json["settings"]?.objectValue
        else { return nil }
        self.messages = messages.compactMap(\.stringValue)
        self.tools = tools
        self.settings = settings
    }

    /// The fingerprint as recordings hold it.
    public var json: JSONValue {
        [
            "messages": .array(messages.map(JSONValue.string)), "tools": .string(tools),
            "settings": .object(settings),
        ]
    }

    /// One digest of all of it: the request's name in recordings and caches.
    public var digest: String { json.digest() }

    /// The first thing in which this request differs from a recorded one, in words; nil where they are the same.
    public func difference(from recorded: RequestFingerprint) -> String? {
        for (number, pair) in zip(messages, recorded.messages).enumerated() where pair.0 != pair.1 {
            return "messages[\(number)] is another"
        }
        if messages.count != recorded.messages.count {
            return "there are \(messages.count) messages, and \(recorded.messages.count) were recorded"
        }
        if tools != recorded.tools { return "the tools are others" }
        let differences = JSONValue.object(recorded.settings).differences(to: .object(settings))
        return differences.first.map { String(describing: $0) }
    }

    private static func short(_ value: JSONValue) -> String { String(value.digest().prefix(16)) }
}

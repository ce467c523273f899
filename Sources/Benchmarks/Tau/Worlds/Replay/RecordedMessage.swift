public import JSON

/// A message of a trajectory, as far as replaying it needs to know.
public enum RecordedMessage: Sendable, Hashable {
    /// A system message.
    case system
    /// What the agent or the user said; with its tool calls, or nil when it made none.
    case participant(Requestor, calls: [RecordedCall]?)
    /// The result of a tool call.
    case tool(RecordedResult)

    /// The name of the official class, for error texts.
    var className: String {
        switch self {
        case .system: "SystemMessage"
        case .participant(.assistant, _): "AssistantMessage"
        case .participant(.user, _): "UserMessage"
        case .tool: "ToolMessage"
        }
    }
}

/// A tool call in a trajectory.
public struct RecordedCall: Sendable, Hashable {
    /// The identifier that the result repeats; empty in hand-written histories.
    public var id: String
    /// The tool's name.
    public var name: String
    /// The arguments.
    public var arguments: JSONObject
    /// Who called.
    public var requestor: Requestor

    /// Makes a call.
    public init(id: String = "", name: String, arguments: JSONObject, requestor: Requestor = .assistant) {
        self.id = id
        self.name = name
        self.arguments = arguments
        self.requestor = requestor
    }
}

/// A tool's result in a trajectory.
public struct RecordedResult: Sendable, Hashable {
    /// The identifier of the call.
    public var id: String
    /// The result's text.
    public var content: String?
    /// Who had called.
    public var requestor: Requestor
    /// Whether the call had failed.
    public var isError: Bool
    /// The message's place in the trajectory, for error texts.
    public var turnIndex: Int?
    /// When the message was made, for error texts.
    public var timestamp: String?

    /// Makes a result.
    public init(id: String, content: String?, requestor: Requestor = .assistant, isError: Bool = false) {
        self.id = id
        self.content = content
        self.requestor = requestor
        self.isError = isError
    }
}

extension RecordedMessage {
    /// Reads a message of the official trajectory format; nil when it is none.
    public init?(json: JSONValue) {
        switch json["role"]?.stringValue {
        case "system": self = .system
        case "assistant": self.init(json: json, role: .assistant)
        case "user": self.init(json: json, role: .user)
        case "tool":
            guard let id = json["id"]?.stringValue else { return nil }
            var result = RecordedResult(
                id: id, content: json["content"]?.stringValue,
                requestor: json["requestor"]?.stringValue.flatMap(Requestor.init) ?? .assistant,
                isError: json["error"]?.boolValue ?? false)
            result.turnIndex = json["turn_idx"]?.intValue
            result.timestamp = json["timestamp"]?.stringValue
            self = .tool(result)
        default: return nil
        }
    }

    private init?(json: JSONValue, role: Requestor) {
        guard let calls = json["tool_calls"]?.arrayValue else {
            self = .participant(role, calls: nil)
            return
        }
        var recorded: [RecordedCall] = []
        for call in calls {
            guard let name = call["name"]?.stringValue, let arguments = call["arguments"]?.objectValue else {
                return nil
            }
            let requestor = call["requestor"]?.stringValue.flatMap(Requestor.init)
            recorded.append(
                RecordedCall(
                    id: call["id"]?.stringValue ?? "", name: name, arguments: arguments,
                    requestor: requestor ?? .assistant))
        }
        self = .participant(role, calls: recorded)
    }
}

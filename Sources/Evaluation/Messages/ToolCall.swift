public import JSON

/// A request, made by a participant, to run one tool.
public struct ToolCall: Sendable, Hashable {
    /// The identifier that the result must repeat.
    public var id: String
    /// The tool's name.
    public var name: String
    /// The arguments by name.
    public var arguments: JSONObject

    /// Requests a tool.
    public init(id: String, name: String, arguments: JSONObject) {
        self.id = id
        self.name = name
        self.arguments = arguments
    }
}

/// What came of a tool call.
///
/// A tool that failed is data for the agent, not an error of the run.
public struct ToolResult: Sendable, Hashable {
    /// The text that the caller reads.
    public var content: String
    /// Whether the tool reports a failure.
    public var isError: Bool
    /// The result as a value, where the tool has one beside the text.
    public var structured: JSONValue?
    /// The caller's final answer, empty where there is none to give, when the call ended its task; nil lets it go on.
    ///
    /// For a world in which a call can mean that the agent is done. Calls of the same reply after it are not run.
    public var finalAnswer: String?

    /// Reports what a tool returned.
    public init(content: String, isError: Bool = false, structured: JSONValue? = nil) {
        self.content = content
        self.isError = isError
        self.structured = structured
    }
}

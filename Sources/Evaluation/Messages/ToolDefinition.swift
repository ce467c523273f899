public import JSON

/// A tool as it is shown to a model: a name, a description and a JSON Schema for its arguments.
public struct ToolDefinition: Sendable, Hashable {
    /// The tool's name, unique within one request.
    public var name: String
    /// What it does, for the model to read.
    public var description: String?
    /// The JSON Schema of its arguments.
    public var parameters: JSONObject
    /// Keys of ours that a configuration writes under `x-gage`: `final_answer_from`, `mcp_client_id`, `execution`.
    public var extensions: JSONObject
    /// The whole `function` object as its author wrote it, kept so that providers receive exactly that.
    public var original: JSONObject?

    /// Describes a tool.
    public init(
        name: String, description: String? = nil, parameters: JSONObject = [:], extensions: JSONObject = [:],
        original: JSONObject? = nil
    ) {
        self.name = name
        self.description = description
        self.parameters = parameters
        self.extensions = extensions
        self.original = original
    }

    /// Reads a tool in OpenAI's shape: `{type: function, function: {name, …}}`, or the inner object alone.
    ///
    /// Nil when the value has no tool name.
    public init?(json: JSONValue) {
        guard let outer = json.objectValue else { return nil }
        let function = outer["function"]?.objectValue ?? outer
        guard let name = function["name"]?.stringValue, !name.isEmpty else { return nil }
        self.init(
            name: name, description: function["description"]?.stringValue,
            parameters: function["parameters"]?.objectValue ?? [:],
            extensions: (outer["x-gage"] ?? function["x-gage"])?.objectValue ?? [:])
        var kept = function
        kept["x-gage"] = nil
        original = kept
    }

    /// The tool in OpenAI's request shape, without our own `x-gage` keys.
    public var json: JSONValue {
        if let original { return ["type": "function", "function": .object(original)] }
        var function: JSONObject = ["name": .string(name)]
        if let description { function["description"] = .string(description) }
        function["parameters"] = .object(parameters)
        return ["type": "function", "function": .object(function)]
    }
}

/// How free the model is to call tools.
public enum ToolChoice: Sendable, Hashable {
    /// The model decides.
    case auto
    /// The model must call some tool.
    case required
    /// The model may not call tools.
    case none
    /// The model must call this tool.
    case named(String)
}

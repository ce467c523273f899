import Evaluation
import JSON

/// One page of the answer to `tools/list`.
struct ToolPage: Sendable {
    var tools: [ToolDefinition]
    /// Where the next page begins; nil after the last.
    var cursor: String?

    /// Reads a page; throws ``MCPFailure`` of kind `malformed` where a tool has no name or there is no list.
    init(_ result: JSONValue) throws(MCPFailure) {
        guard let items = result["tools"]?.arrayValue else {
            throw MCPFailure(.malformed, "its answer to 'tools/list' has no list of tools", excerpt: result.text())
        }
        var tools: [ToolDefinition] = []
        for item in items { tools.append(try Self.tool(item)) }
        self.tools = tools
        cursor = result["nextCursor"]?.stringValue.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// A tool in the protocol's shape: `{name, description, inputSchema, outputSchema, …}`.
    static func tool(_ json: JSONValue) throws(MCPFailure) -> ToolDefinition {
        guard let name = json["name"]?.stringValue, !name.isEmpty else {
            throw MCPFailure(.malformed, "it lists a tool without a name", excerpt: json.text())
        }
        var tool = ToolDefinition(name: name, description: json["description"]?.stringValue)
        tool.parameters = (json["inputSchema"] ?? json["parameters"])?.objectValue ?? ["type": "object"]
        for key in ["title", "outputSchema", "annotations"] {
            if let value = json[key], !value.isNull { tool.extensions[key] = value }
        }
        return tool
    }
}

extension ToolReply {
    /// Reads the answer to `tools/call`; throws ``MCPFailure`` of kind `malformed` where it is none.
    init(_ result: JSONValue) throws(MCPFailure) {
        guard let object = result.objectValue else {
            throw MCPFailure(.malformed, "its answer to 'tools/call' is no object", excerpt: result.text())
        }
        self.init(
            structured: object["structuredContent"].flatMap { $0.isNull ? nil : $0 },
            content: object["content"]?.arrayValue ?? [], isError: object["isError"]?.boolValue ?? false,
            meta: object["_meta"]?.objectValue ?? [:])
    }

    /// A call that the server refused as a request: an unknown tool, arguments that are none.
    init(refusal: RPCError) {
        self.init(content: [["type": "text", "text": .string(refusal.message)]], isError: true)
        meta = ["error": refusal.json]
    }
}

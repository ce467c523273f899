import Evaluation
import JSON

/// The parameters of `toolchain`.
struct ToolchainParameters: Parameters {
    var tools: [JSONValue] = []
    var allowlist: [String] = []
    var prefixes: [String] = []
    var maxTools: Int?
    var metaToolMode = false
    var documentationEnabled = false
    var documentationFormat = ToolDocumentationFormat.text
    var documentationMaxEndpoints: Int?
    var documentationMaxCharacters: Int?
    var documentationAllowedApps: [String] = []

    static var fields: [ParameterField<Self>] {
        [
            .init("tools", \.tools, "Tools in OpenAI's shape, shown before all others."),
            .init("tool_allowlist", \.allowlist, "Names of MCP tools that are kept; empty keeps all."),
            .init("tool_prefixes", \.prefixes, "Prefixes of MCP tools that are kept besides."),
            .init("max_tools", \.maxTools, "The largest number of MCP tools.") { $0.minimum = 1 },
            .init("meta_tool_mode", \.metaToolMode, "One tool for each app instead of one for each endpoint."),
            .init("tool_doc_enabled", \.documentationEnabled, "Whether templates get the tools' documentation."),
            .init("tool_doc_format", \.documentationFormat, "How that documentation is laid out."),
            .init("tool_doc_max_endpoints", \.documentationMaxEndpoints, "Its largest number of endpoints an app.") {
                $0.minimum = 1
            },
            .init("tool_doc_max_chars", \.documentationMaxCharacters, "Its largest number of characters.") {
                $0.minimum = 1
            },
            .init("tool_doc_allowed_apps", \.documentationAllowedApps, "The apps that it describes; empty for all."),
        ]
    }

    /// How documentation is laid out and bounded.
    var layout: ToolDocumentation.Layout {
        ToolDocumentation.Layout(
            format: documentationFormat, maxEndpoints: documentationMaxEndpoints,
            maxCharacters: documentationMaxCharacters)
    }
}

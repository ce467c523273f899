import Evaluation
import JSON

/// The parameters of `toolchain`.
struct ToolchainParameters: Parameters {
    /// How tool documentation is laid out.
    enum DocumentationFormat: String, ParameterChoice {
        case text
        case appKeyValue = "app_kv"
        case schemaYAML = "schema_yaml"
    }

    var tools: [JSONValue] = []
    var allowlist: [String] = []
    var prefixes: [String] = []
    var maxTools: Int?
    var metaToolMode = false
    var documentationEnabled = false
    var documentationFormat = DocumentationFormat.text
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
            .init("tool_doc_max_endpoints", \.documentationMaxEndpoints, "Its largest number of endpoints an app."),
            .init("tool_doc_max_chars", \.documentationMaxCharacters, "Its largest number of characters."),
            .init("tool_doc_allowed_apps", \.documentationAllowedApps, "The apps that it describes; empty for all."),
        ]
    }
}

/// `toolchain`: decides which tools the agent sees.
///
/// Static tools come first, then the sample's.
struct ToolchainRole: RoleAdapter {
    private let tools: [ToolDefinition]

    let contract = StepContract(reads: [.messages], writes: [.tools, .supportOutputs])

    init(_ parameters: ToolchainParameters) throws {
        tools = try parameters.tools.enumerated().map { index, value in
            if let tool = ToolDefinition(json: value) { return tool }
            throw EvaluationError(
                .configurationInvalid, "tools[\(index)] has no name", cause: .configuration,
                advice: "write {type: function, function: {name: …, parameters: …}} or {name: …, parameters: …}")
        }
    }

    func perform(on episode: inout Episode, in scope: EpisodeScope) async throws {
        if let client = scope.adapter.mcpClientID {
            throw EvaluationError(
                .configurationInvalid, "toolchain '\(scope.adapter.id)' takes tools from MCP client '\(client)'",
                cause: .configuration, advice: "tools over MCP are not part of this version of gage")
        }
        let merged = AgentRole.merged(episode.tools, tools, episode.sample.tools)
        episode.tools = merged
        episode.supportOutputs.append(["tools_schema": .array(merged.map(\.json))])
    }
}

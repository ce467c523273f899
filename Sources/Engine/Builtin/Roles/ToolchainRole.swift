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
/// Static tools come first, then the sample's, then those that the world offers. Allowlist, prefixes and the largest number
/// hold for the world's tools only; what earlier support steps say about them counts besides.
struct ToolchainRole: RoleAdapter {
    /// The key of the support output that says which tools were decided on.
    static let outputKey = "tools_schema"

    private let tools: [ToolDefinition]
    private let parameters: ToolchainParameters

    let contract = StepContract(reads: [.messages], writes: [.tools, .supportOutputs])

    init(_ parameters: ToolchainParameters) throws {
        self.parameters = parameters
        for (isOn, key) in [
            (parameters.metaToolMode, "meta_tool_mode"), (parameters.documentationEnabled, "tool_doc_enabled"),
        ] where isOn {
            throw EvaluationError(
                .configurationInvalid, "'\(key)' concerns tools over MCP, which this version of gage does not have",
                cause: .configuration, advice: "remove it or set it to false")
        }
        tools = try parameters.tools.enumerated().map { index, value in
            if let tool = ToolDefinition(json: value) {
                try Self.refuseMCP(tool.extensions["mcp_client_id"]?.stringValue, of: "tool '\(tool.name)'")
                return tool
            }
            throw EvaluationError(
                .configurationInvalid, "tools[\(index)] has no name", cause: .configuration,
                advice: "write {type: function, function: {name: …, parameters: …}} or {name: …, parameters: …}")
        }
    }

    func perform(on episode: inout Episode, in scope: EpisodeScope) async throws {
        try Self.refuseMCP(scope.adapter.mcpClientID, of: "toolchain '\(scope.adapter.id)'")
        let own = AgentRole.merged(episode.tools, tools, episode.sample.tools)
        let names = Set(own.map(\.name))
        let offered = (episode.world?.tools(for: .agent) ?? []).filter { !names.contains($0.name) }
        let filter = ToolFilter(parameters, supportOutputs: episode.supportOutputs)
        episode.tools = own + filter.kept(of: offered)
        episode.supportOutputs.append([Self.outputKey: .array(episode.tools.map(\.json))])
    }

    private static func refuseMCP(_ client: String?, of subject: String) throws(EvaluationError) {
        guard let client else { return }
        throw EvaluationError(
            .configurationInvalid, "\(subject) takes tools from MCP client '\(client)'", cause: .configuration,
            advice: "tools over MCP are not part of this version of gage")
    }
}

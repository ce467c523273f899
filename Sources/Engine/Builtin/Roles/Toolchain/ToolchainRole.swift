import Evaluation
import JSON

/// `toolchain`: decides which tools the agent sees.
///
/// Static tools come first, then the sample's, then those that the world offers, then those of the MCP client's server.
/// Allowlist, prefixes and the largest number hold for the server's tools, or where there is no server for the world's;
/// what earlier support steps say about them goes before the parameters.
struct ToolchainRole: RoleAdapter {
    /// The key of the support output that says which tools were decided on.
    static let outputKey = "tools_schema"
    /// OpenAI refuses requests with more tools than this; many other servers take more.
    static let usualLimit = 128

    private let tools: [ToolDefinition]
    private let parameters: ToolchainParameters

    let contract = StepContract(reads: [.messages], writes: [.tools, .supportOutputs])

    init(_ parameters: ToolchainParameters) throws {
        self.parameters = parameters
        tools = try parameters.tools.enumerated().map { index, value in
            if let tool = ToolDefinition(json: value) { return tool }
            throw EvaluationError(
                .configurationInvalid, "tools[\(index)] has no name", cause: .configuration,
                advice: "write {type: function, function: {name: …, parameters: …}} or {name: …, parameters: …}")
        }
    }

    func perform(on episode: inout Episode, in scope: EpisodeScope) async throws {
        let own = AgentRole.merged(episode.tools, tools, episode.sample.tools)
        let names = Set(own.map(\.name))
        let filter = ToolFilter(parameters, supportOutputs: episode.supportOutputs)
        let world = (episode.world?.tools(for: .agent) ?? []).filter { !names.contains($0.name) }
        var output: JSONObject = [:]
        var routes: [ToolServerWorld.Route] = []
        var documentation: ToolDocumentation?
        if let client = scope.adapter.mcpClientID {
            let session = try await scope.tools.session(client: client)
            let listed = try await session.tools()
            let offer = ServerOffer(
                listed.filter { !names.contains($0.name) }, of: client, over: session, filter: filter, parameters)
            routes = try await self.routes(of: own, of: episode, in: scope, listed: (client, listed))
            episode.tools = own + world + offer.routes.map(\.tool)
            routes += offer.routes
            documentation = offer.documentation
            output["mcp_client_id"] = .string(client)
            report(offer, listed, filter.unknownNames(among: listed), in: scope)
        } else {
            try refuseMetaTools(in: scope)
            routes = try await self.routes(of: own, of: episode, in: scope, listed: nil)
            let kept = filter.kept(of: world)
            episode.tools = own + kept
            if parameters.documentationEnabled {
                documentation = ToolDocumentation(
                    ToolCatalog(kept, allowedApps: filter.documentedApps), parameters.layout)
            }
        }
        if !routes.isEmpty { episode.world = ToolServerWorld(routes: routes, over: episode.world) }
        output[Self.outputKey] = .array(episode.tools.map(\.json))
        if let documentation {
            output["tool_documentation"] = .string(documentation.text)
            output["tool_documentation_meta"] = .object(documentation.meta)
        }
        episode.supportOutputs.append(output)
        warnOfMany(episode.tools.count, in: scope)
    }

    /// How calls of static tools and the sample's reach a server: those that name a client, and those that word a tool of
    /// the toolchain's server in their own way.
    private func routes(
        of own: [ToolDefinition], of episode: Episode, in scope: EpisodeScope,
        listed: (client: String, tools: [ToolDefinition])?
    ) async throws -> [ToolServerWorld.Route] {
        var routes: [ToolServerWorld.Route] = []
        // What an earlier toolchain has taken from a server already has its way there.
        let served = (episode.world as? ToolServerWorld)?.routedNames ?? []
        for tool in own where !served.contains(tool.name) {
            let known = listed?.tools.first { $0.name == tool.name }
            let named = tool.extensions["mcp_client_id"]?.stringValue
            guard let client = named ?? (known == nil ? nil : listed?.client) else { continue }
            let schema = client == listed?.client ? known?.parameters : nil
            routes.append(
                .init(
                    tool: tool, schema: schema ?? tool.parameters, target: .tool,
                    session: try await scope.tools.session(client: client)))
        }
        return routes
    }

    private func refuseMetaTools(in scope: EpisodeScope) throws(EvaluationError) {
        guard parameters.metaToolMode else { return }
        throw EvaluationError(
            .configurationInvalid,
            "'meta_tool_mode' of toolchain '\(scope.adapter.id)' concerns the tools of an MCP client",
            cause: .configuration, advice: "give the adapter an 'mcp_client_id', or set it to false")
    }

    // MARK: Reports

    private func report(
        _ offer: ServerOffer, _ listed: [ToolDefinition], _ unknown: [String], in scope: EpisodeScope
    ) {
        var payload: JSONObject = [
            "adapter_id": .string(scope.adapter.id), "listed": .int(Int64(listed.count)),
            "offered": .int(Int64(offer.routes.count)),
        ]
        if !unknown.isEmpty { payload["unknown_names"] = .array(unknown.map { .string($0) }) }
        scope.events.report(RunEvent("tools_offered", episode: scope.episode, payload: payload))
    }

    private func warnOfMany(_ count: Int, in scope: EpisodeScope) {
        guard count > Self.usualLimit else { return }
        scope.events.report(
            RunEvent(
                "too_many_tools", episode: scope.episode,
                payload: [
                    "adapter_id": .string(scope.adapter.id), "tools": .int(Int64(count)),
                    "advice": .string(
                        "OpenAI takes at most \(Self.usualLimit) tools: set tool_allowlist, tool_prefixes or max_tools, "
                            + "or meta_tool_mode: true"),
                ]))
    }
}

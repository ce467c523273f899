import Evaluation
import JSON

/// What an agent gets of a server's tools: which it sees, how its calls are forwarded, and what is written about them.
struct ServerOffer: Sendable {
    /// What the agent sees, in order.
    private(set) var routes: [ToolServerWorld.Route] = []
    /// What templates get; nil where nobody asked for it.
    private(set) var documentation: ToolDocumentation?

    /// Decides on the tools of a client's server, of which `filter` says which pass.
    init(
        _ listed: [ToolDefinition], of client: String, over session: any ToolSession, filter: ToolFilter,
        _ parameters: ToolchainParameters
    ) {
        let passing = filter.passing(serverTools: listed)
        guard parameters.metaToolMode else {
            let kept = filter.limited(passing)
            routes = kept.map { Self.route(to: $0, of: client, over: session) }
            if parameters.documentationEnabled {
                let catalog = ToolCatalog(kept, allowedApps: filter.documentedApps)
                documentation = ToolDocumentation(catalog, parameters.layout)
            }
            return
        }
        let catalog = ToolCatalog(passing, allowedApps: filter.documentedApps)
        let written = ToolDocumentation(catalog, parameters.layout)
        for app in written.documented {
            let endpoints = app.endpoints.filter { $0.app != nil }
            guard !endpoints.isEmpty else { continue }
            let meta = MetaTool(app: app.name, endpoints: endpoints.map { ($0.name, $0.tool) })
            routes.append(
                .init(tool: meta.definition(client: client), schema: [:], target: .endpoints(meta), session: session))
        }
        routes += catalog.loose.map { Self.route(to: $0, of: client, over: session) }
        documentation = written
    }

    private static func route(
        to tool: ToolDefinition, of client: String, over session: any ToolSession
    ) -> ToolServerWorld.Route {
        var shown = tool
        shown.parameters = tool.parameters.withoutNulls
        shown.extensions["mcp_client_id"] = .string(client)
        return .init(tool: shown, schema: tool.parameters, target: .tool, session: session)
    }
}

extension JSONObject {
    /// The object without members and elements that are null, at every depth: providers refuse some of them in schemas.
    var withoutNulls: JSONObject {
        JSONObject(entries: compactMap { key, value in value.isNull ? nil : (key: key, value: value.withoutNulls) })
    }
}

extension JSONValue {
    fileprivate var withoutNulls: JSONValue {
        switch self {
        case .object(let object): .object(object.withoutNulls)
        case .array(let items): .array(items.compactMap { $0.isNull ? nil : $0.withoutNulls })
        default: self
        }
    }
}

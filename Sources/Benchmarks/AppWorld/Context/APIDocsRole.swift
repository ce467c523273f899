import Evaluation
import JSON

/// `appworld_api_docs`: finds out which apps and interfaces there are, for prompts and for the interfaces' prediction.
struct APIDocsRole: RoleAdapter {
    let parameters: APIDocsParameters
    let servers: AppWorldServers
    let cache = ListingCache()

    let contract = StepContract(reads: [.sample], writes: [.supportOutputs])

    func perform(on episode: inout Episode, in scope: EpisodeScope) async throws {
        let task = try AppWorldTask(episode.sample)
        guard let client = scope.adapter.mcpClientID else {
            throw EvaluationError(
                .configurationInvalid, "'appworld_api_docs' needs an MCP client", cause: .configuration,
                advice: "give adapter '\(scope.adapter.id)' an 'mcp_client_id'")
        }
        let servers = servers
        let (all, wasKnown) = try await cache.listing(Self.key(of: episode, client, in: scope)) {
            let session = try await scope.tools.session(client: client)
            let server = try await servers.servers(in: scope)
            let told = try await server.addresses.apis == nil ? JSONValue.null : server.appDescriptions()
            return APIListing(tools: try await session.tools(), descriptions: APIListing.descriptions(told))
        }
        guard !all.apps.isEmpty else {
            throw EvaluationError(
                .appWorldRefused, "AppWorld's MCP server offers no tool of an app", cause: .sandbox,
                retry: .worthwhile)
        }
        let listing = all.limited(to: task.allowedApps)
        let descriptions = APIDescriptions(listing, parameters)
        episode.supportOutputs.append([
            "api_descriptions_context": .string(descriptions.text),
            "api_descriptions_allowed_apis": .array(listing.apiNames.map(JSONValue.string)),
            "api_descriptions_allowed_tools": .array(listing.toolNames.map(JSONValue.string)),
            "app_descriptions_string": .string(listing.appText),
            "api_descriptions_meta": .object(descriptions.facts),
        ])
        var payload = descriptions.facts
        payload["api_name"] = "list_tools"
        payload["cache_hit"] = .bool(wasKnown)
        scope.events.report(RunEvent("api_docs_query", episode: episode.id, payload: payload))
    }

    /// What decides which interfaces an episode's servers offer: the profile, and what the sample says over it.
    private static func key(of episode: Episode, _ client: String, in scope: EpisodeScope) -> String {
        let own = JSONValue.object(episode.sample.sandbox ?? [:]).digest()
        return [client, scope.sandboxes.profile ?? "", own].joined(separator: "\n")
    }
}

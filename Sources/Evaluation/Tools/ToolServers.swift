/// The tool servers that an episode may use: the clients that `mcp_clients` configures, each with its sessions.
///
/// A session is opened when it is first asked for and shared by everyone who asks for the same client and address. The run
/// closes all of them when it ends, however it ends; one to an episode's own sandbox ends with the episode.
///
/// ```swift
/// guard let client = scope.adapter.mcpClientID else { throw … }
/// let session = try await scope.tools.session(client: client)
/// let tools = try await session.tools()
/// let reply = try await session.call("notes__create", arguments: ["title": "Milk"])
/// ```
public protocol ToolServers: Sendable {
    /// The session with a client's server.
    ///
    /// With no endpoint it is the one where the episode's server is: the address that the episode's sandbox publishes for
    /// its MCP server, where it has one, else the client's own `endpoint`. Asking starts the episode's sandbox; it does not
    /// speak to the server yet. Throws ``EvaluationError``: cause `configuration` when there is no such client or it has no
    /// address, `sandbox` when the sandbox cannot be had.
    func session(client: String, endpoint: String?) async throws -> any ToolSession
}

extension ToolServers {
    /// The session with a client's server where the episode's server is.
    public func session(client: String) async throws -> any ToolSession {
        try await session(client: client, endpoint: nil)
    }
}

/// No tool servers: what a scope has that was given none.
public struct NoToolServers: ToolServers {
    /// Makes it.
    public init() {}

    /// Always throws ``EvaluationError``, cause `configuration`.
    public func session(client: String, endpoint: String?) async throws -> any ToolSession {
        throw EvaluationError(
            .configurationInvalid, "there is no MCP client '\(client)'", cause: .configuration,
            advice: "declare it in 'mcp_clients'")
    }
}

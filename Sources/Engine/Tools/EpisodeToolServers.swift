import Evaluation
import GageConfiguration
import Synchronization

/// The tool servers as one episode sees them: an address that its sandbox publishes goes before the configured one.
final class EpisodeToolServers: ToolServers {
    private let pool: ToolServerPool
    private let sandboxes: any SandboxLeases
    /// Whether the episode's sandbox ends with it.
    private let ownsSandbox: Bool
    /// Protects the sessions with servers in the episode's own sandbox, which end with it.
    private let own = Mutex<Set<ToolServerPool.Key>>([])

    /// The name of a sandbox's MCP server among its services.
    private static let service = "mcp"

    init(pool: ToolServerPool, sandboxes: any SandboxLeases, ownsSandbox: Bool) {
        self.pool = pool
        self.sandboxes = sandboxes
        self.ownsSandbox = ownsSandbox
    }

    func session(client id: String, endpoint: String?) async throws -> any ToolSession {
        let client = try pool.client(id)
        guard case .address(let configured) = client.transport.place else {
            return try pool.session(.init(client: id, endpoint: nil), isInSandbox: false)
        }
        let published = try await published()
        let address = endpoint ?? published ?? configured
        let isInSandbox = published != nil && address == published
        let key = ToolServerPool.Key(client: id, endpoint: address)
        let session = try pool.session(key, isInSandbox: isInSandbox)
        if isInSandbox, ownsSandbox { own.withLock { _ = $0.insert(key) } }
        return session
    }

    /// Ends the sessions with servers of the episode's own sandbox.
    func end() async {
        let keys = own.withLock { own in
            defer { own = [] }
            return own
        }
        await pool.close(keys)
    }

    /// Where the episode's sandbox says that its MCP server is; starts the sandbox, where the episode has one.
    private func published() async throws -> String? {
        guard sandboxes.profile != nil else { return nil }
        let sandbox = try await sandboxes.sandbox() as? any ServiceSandbox
        return sandbox?.endpoints[Self.service]
    }
}

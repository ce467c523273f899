import Evaluation
import GageConfiguration
import Synchronization

/// The sessions of a run with servers of tools: one for each client and address, whoever asks for it.
final class ToolServerPool: Sendable {
    /// Which session it is.
    struct Key: Hashable, Sendable {
        var client: String
        /// Nil for a program that the session starts.
        var endpoint: String?
    }

    /// What every session is opened with.
    struct Setting: Sendable {
        var baseDirectory: String
        var environment: [String: String]
        var events: any EventSink
    }

    private let clients: [String: PlannedMCPClient]
    private let setting: Setting
    /// Protects the sessions, and whether the run has ended.
    private let state = Mutex<(sessions: [Key: any ToolSession], hasEnded: Bool)>(([:], false))

    init(clients: [PlannedMCPClient], setting: Setting) {
        self.clients = Dictionary(clients.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.setting = setting
    }

    /// What an episode sees of this.
    func servers(for leases: EpisodeLeases) -> EpisodeToolServers {
        EpisodeToolServers(pool: self, sandboxes: leases, ownsSandbox: leases.ownsSandbox)
    }

    /// A client by its id, or an error that names what was probably meant.
    func client(_ id: String) throws(EvaluationError) -> PlannedMCPClient {
        if let client = clients[id] { return client }
        throw EvaluationError(
            .configurationInvalid, "there is no MCP client '\(id)'", cause: .configuration,
            advice: NearMiss.advice(id, among: Array(clients.keys)) ?? "declare it in 'mcp_clients'")
    }

    /// The session of this client at this address; nothing is sent before it is used.
    func session(_ key: Key, isInSandbox: Bool) throws -> any ToolSession {
        let client = try client(key.client)
        let request = ToolSessionRequest(
            client: key.client, endpoint: key.endpoint, isInSandbox: isInSandbox,
            baseDirectory: setting.baseDirectory, environment: setting.environment, events: setting.events)
        return try state.withLock { state in
            if let session = state.sessions[key] { return session }
            guard !state.hasEnded else {
                throw EvaluationError(.unexpected, "a tool server was asked for after its run's end", cause: .gage)
            }
            let session = try client.transport.session(request)
            state.sessions[key] = session
            return session
        }
    }

    /// Ends sessions that nobody will use again.
    func close(_ keys: some Sequence<Key>) async {
        let closing = state.withLock { state in keys.compactMap { state.sessions.removeValue(forKey: $0) } }
        await Self.close(closing)
    }

    /// Ends all sessions.
    func endRun() async {
        let closing = state.withLock { state in
            state.hasEnded = true
            defer { state.sessions = [:] }
            return Array(state.sessions.values)
        }
        await Self.close(closing)
    }

    private static func close(_ sessions: [any ToolSession]) async {
        await withTaskGroup(of: Void.self) { group in
            for session in sessions { group.addTask { await session.close() } }
        }
    }
}

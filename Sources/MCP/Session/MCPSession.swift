public import Evaluation
public import JSON
import Synchronization

/// A session with one server over any transport: opened when it is first used, and again when it was lost.
///
/// ```swift
/// let session = try transport.session(request)
/// let tools = try await session.tools()
/// let reply = try await session.call("add", arguments: ["a": 1, "b": 2])
/// await session.close()
/// ```
public final class MCPSession: ToolSession {
    /// How a session stands.
    private enum Phase: Sendable {
        case idle
        /// Someone opens it; the number tells one try from the next.
        case opening(Int)
        case open(MCPConnection)
        /// The try of this number failed.
        case failed(Int, MCPFailure)
        case closed

        var isOpening: Bool { if case .opening = self { true } else { false } }
    }

    private struct Catalog: Sendable {
        let tools: [ToolDefinition]
        let connection: MCPConnection
        let revision: Int
    }

    private let server: String
    private let settings: SessionSettings
    private let surroundings: ToolSessionRequest
    private let redactor: SecretRedactor
    private let makeChannel: @Sendable () -> any MessageChannel
    private let phase = Watched(Phase.idle)
    /// Protects the tools that were listed last.
    private let catalog = Mutex<Catalog?>(nil)

    /// The most pages and tools that a server may list.
    private static let mostPages = 1000
    private static let mostTools = 20_000
    /// The most reports of progress that one call makes.
    private static let mostReports = 100
    /// What this client calls its version; servers show it in their logs.
    private static let clientVersion = "1"

    init(
        server: String, settings: SessionSettings, request: ToolSessionRequest, secrets: [String],
        makeChannel: @escaping @Sendable () -> any MessageChannel
    ) {
        self.server = server
        self.settings = settings
        surroundings = request
        redactor = SecretRedactor(secrets)
        self.makeChannel = makeChannel
    }

    // MARK: Use

    /// What the server says of itself; opens the session where it is not open.
    public func hello() async throws -> ServerHello {
        try await translated { try await self.connection().hello }
    }

    /// Everything that the server offers and the allowlist lets through, in its order.
    public func tools() async throws -> [ToolDefinition] {
        let all = settings.tools.isEmpty ? try await translated { try await self.listed() } : settings.tools
        guard !settings.allowlist.isEmpty else { return all }
        return all.filter { settings.allowlist.contains($0.name) }
    }

    /// Calls a tool and returns what it answers.
    public func call(_ name: String, arguments: JSONObject, timeout: Duration?) async throws -> ToolReply {
        guard settings.allowlist.isEmpty || settings.allowlist.contains(name) else {
            let known = NearMiss.advice(name, among: settings.allowlist).map { "; \($0)" } ?? ""
            return ToolReply(refusal: RPCError(code: -32602, message: "Tool '\(name)' is not in the allowlist\(known)"))
        }
        let params: JSONObject = ["name": .string(name), "arguments": .object(arguments)]
        let limit = timeout ?? settings.timeout
        let onProgress = progressReporter(of: name)
        return try await translated {
            do {
                let result = try await self.perform { connection in
                    try await connection.request("tools/call", params, timeout: limit, onProgress: onProgress)
                }
                return try ToolReply(result)
            } catch let failure as MCPFailure {
                guard let refusal = failure.refusal else { throw failure }
                return ToolReply(refusal: refusal)
            }
        }
    }

    /// Ends the session; a program that serves is ended with it.
    public func close() async {
        var open: MCPConnection?
        phase.change { phase in
            if case .open(let connection) = phase { open = connection }
            phase = .closed
        }
        guard let open else { return }
        await Task.shielded { await open.close() }
    }

    // MARK: Requests

    /// Does something with the connection, and does it once more on a new one where the old did nothing of it.
    private func perform(
        againAfterLoss: Bool = false, _ work: @Sendable (MCPConnection) async throws -> JSONValue
    ) async throws -> JSONValue {
        let first = try await connection()
        do {
            return try await work(first)
        } catch let failure as MCPFailure {
            if failure.endsConnection || first.isOver { await drop(first, because: failure) }
            guard failure.leftNothingDone || (againAfterLoss && failure.kind == .lost) else { throw failure }
        }
        let second = try await connection()
        do {
            return try await work(second)
        } catch let failure as MCPFailure {
            if failure.endsConnection || second.isOver { await drop(second, because: failure) }
            throw failure
        }
    }

    private func listed() async throws -> [ToolDefinition] {
        let current = try await connection()
        let revision = current.toolsRevision
        let kept = catalog.withLock { $0 }
        if let kept, kept.connection === current, kept.revision == revision { return kept.tools }
        var tools: [ToolDefinition] = []
        var seen: Set<String> = []
        var cursor: String?
        for _ in 0..<Self.mostPages {
            let params: JSONObject = cursor.map { ["cursor": .string($0)] } ?? [:]
            let limit = settings.timeout
            let page = try ToolPage(
                try await perform(againAfterLoss: true) { try await $0.request("tools/list", params, timeout: limit) })
            tools += page.tools
            guard tools.count <= Self.mostTools else {
                throw MCPFailure(.malformed, "it lists more than \(Self.mostTools) tools")
            }
            guard let next = page.cursor else {
                catalog.withLock { $0 = Catalog(tools: tools, connection: current, revision: revision) }
                return tools
            }
            guard seen.insert(next).inserted else {
                throw MCPFailure(.malformed, "its list of tools leads back to the cursor '\(next.prefix(80))'")
            }
            cursor = next
        }
        throw MCPFailure(.malformed, "its list of tools has more than \(Self.mostPages) pages")
    }

    private func progressReporter(of tool: String) -> (@Sendable (Correspondence.Progress) -> Void)? {
        guard let events = surroundings.events else { return nil }
        let left = Mutex(Self.mostReports)
        let client = surroundings.client
        return { progress in
            guard
                left.withLock({ left in
                    left -= 1; return left >= 0
                })
            else { return }
            var payload: JSONObject = ["mcp_client_id": .string(client), "tool": .string(tool)]
            payload["progress"] = JSONValue(progress.progress)
            payload["total"] = progress.total.map { JSONValue($0) }
            payload["message"] = progress.message.map { .string(String($0.prefix(500))) }
            events.report(RunEvent("tool_progress", payload: payload))
        }
    }

    // MARK: Connections

    /// The connection, opened if need be; who comes while another opens it waits for that, and shares its failure.
    private func connection() async throws -> MCPConnection {
        var awaited: Int?
        while true {
            try Task.checkCancellation()
            var mine: Int?
            var now = Phase.idle
            phase.change { phase in
                now = phase
                switch phase {
                case .idle: mine = 1
                case .failed(let number, _) where number != awaited: mine = number + 1
                default: break
                }
                if let mine { phase = .opening(mine) }
            }
            if let mine { return try await open(mine) }
            switch now {
            case .open(let connection): return connection
            case .failed(_, let failure): throw failure
            case .closed: throw MCPFailure(.closed, "its session has been closed")
            case .opening(let number): awaited = number
            case .idle: continue
            }
            await phase.wait { !$0.isOpening }
        }
    }

    private func open(_ number: Int) async throws -> MCPConnection {
        do {
            let connection = try await openWithRetries()
            var isWanted = false
            phase.change { phase in
                guard case .opening(number) = phase else { return }
                isWanted = true
                phase = .open(connection)
            }
            guard isWanted else {
                await Task.shielded { await connection.close() }
                throw MCPFailure(.closed, "its session has been closed")
            }
            return connection
        } catch {
            phase.change { phase in
                guard case .opening(number) = phase else { return }
                // Whoever was cancelled has failed at nothing: the next one tries again.
                phase = (error as? MCPFailure).map { .failed(number, $0) } ?? .idle
            }
            throw error
        }
    }

    private func openWithRetries() async throws -> MCPConnection {
        let clock = ContinuousClock()
        let start = clock.now
        var attempts = 0
        while true {
            attempts += 1
            do {
                let connection = try await MCPConnection.open(
                    makeChannel(), client: Self.clientVersion, timeout: settings.timeout)
                reportOpening(connection.hello, attempts: attempts)
                return connection
            } catch var failure as MCPFailure {
                let elapsed = clock.now - start
                guard failure.mayPass, let pause = settings.pause(after: attempts, elapsed: elapsed) else {
                    if attempts > 1 { failure.message += " (after \(attempts) tries)" }
                    throw failure
                }
                try await Task.sleep(for: pause)
            }
        }
    }

    private func drop(_ connection: MCPConnection, because failure: MCPFailure) async {
        var isMine = false
        phase.change { phase in
            guard case .open(let current) = phase, current === connection else { return }
            isMine = true
            phase = .idle
        }
        guard isMine else { return }
        surroundings.events?.report(
            RunEvent(
                "tool_session_lost",
                payload: [
                    "mcp_client_id": .string(surroundings.client), "error": .string(redactor.redact(failure.message)),
                ]))
        await Task.shielded { await connection.close() }
    }

    private func reportOpening(_ hello: ServerHello, attempts: Int) {
        var payload: JSONObject = ["mcp_client_id": .string(surroundings.client), "server": .string(hello.name)]
        payload["server_version"] = hello.version.map { .string($0) }
        payload["protocol"] = .string(hello.protocolVersion)
        payload["attempts"] = .int(Int64(attempts))
        surroundings.events?.report(RunEvent("tool_session_opened", payload: payload))
    }

    /// Does something and says its failures in the words of an episode.
    private func translated<Value: Sendable>(
        _ work: @Sendable () async throws -> Value
    ) async throws -> Value {
        do {
            return try await work()
        } catch var failure as MCPFailure {
            failure.message = redactor.redact(failure.message)
            throw failure.error(of: server, isInSandbox: surroundings.isInSandbox)
        }
    }
}

public import Evaluation
public import JSON
import Synchronization

/// A server of tools without a server: it lists given tools, answers with a closure, and keeps what was done.
///
/// It stands for a transport, in a plan's MCP clients, and for the servers of a scope, in tests of one step.
public final class ScriptedTools: ToolTransport, ToolServers {
    /// A call that came.
    public struct Call: Sendable, Hashable {
        /// The tool's name.
        public var name: String
        /// The arguments as they arrived.
        public var arguments: JSONObject

        /// Describes a call.
        public init(name: String, arguments: JSONObject) {
            self.name = name
            self.arguments = arguments
        }
    }

    private struct State {
        var openings: [ToolSessionRequest] = []
        var closings = 0
        var listings = 0
        var calls: [Call] = []
    }

    /// How the server is found.
    public let place: ToolServerPlace
    private let offered: [ToolDefinition]
    private let answer: @Sendable (Call) async throws -> ToolReply
    /// Protects what was done.
    private let state = Mutex(State())

    /// Makes a server with these tools; unless told otherwise it answers every call with its arguments.
    public init(
        _ tools: [ToolDefinition], place: ToolServerPlace = .address("http://tools.invalid/mcp"),
        answer: @escaping @Sendable (Call) async throws -> ToolReply = { call in
            ToolReply(structured: ["response": .object(call.arguments)])
        }
    ) {
        offered = tools
        self.place = place
        self.answer = answer
    }

    /// What sessions were prepared for.
    public var openings: [ToolSessionRequest] { state.withLock(\.openings) }
    /// How many sessions were closed.
    public var closings: Int { state.withLock(\.closings) }
    /// How often the tools were listed.
    public var listings: Int { state.withLock(\.listings) }
    /// The calls that came.
    public var calls: [Call] { state.withLock(\.calls) }

    /// Prepares a session.
    public func session(_ request: ToolSessionRequest) throws -> any ToolSession {
        state.withLock { $0.openings.append(request) }
        return ScriptedToolSession(server: self)
    }

    /// A session for a step; the endpoint is kept as what was asked for.
    public func session(client: String, endpoint: String?) async throws -> any ToolSession {
        try session(ToolSessionRequest(client: client, endpoint: endpoint, baseDirectory: "/", environment: [:]))
    }

    fileprivate func list() -> [ToolDefinition] {
        state.withLock { $0.listings += 1 }
        return offered
    }

    fileprivate func call(_ call: Call) async throws -> ToolReply {
        state.withLock { $0.calls.append(call) }
        return try await answer(call)
    }

    fileprivate func close() { state.withLock { $0.closings += 1 } }
}

/// A session of ``ScriptedTools``.
private struct ScriptedToolSession: ToolSession {
    let server: ScriptedTools

    func tools() async throws -> [ToolDefinition] { server.list() }

    func call(_ name: String, arguments: JSONObject, timeout: Duration?) async throws -> ToolReply {
        try await server.call(.init(name: name, arguments: arguments))
    }

    func close() async { server.close() }
}

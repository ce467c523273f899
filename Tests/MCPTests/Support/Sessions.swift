import Evaluation
import JSON
import MCP
import Synchronization
import Transport

/// Sessions with the servers of these tests.
enum Sessions {
    static let client = HTTPClient()

    /// A session with a server at an address.
    static func http(
        _ url: String, _ kind: HTTPTransport.Kind = .streamable, events: (any EventSink)? = nil,
        isInSandbox: Bool = false,
        headers: [HTTPHeader] = [], _ adjust: (inout SessionSettings) -> Void = { _ in }
    ) throws -> MCPSession {
        var settings = SessionSettings()
        settings.timeout = .seconds(20)
        adjust(&settings)
        let transport = HTTPTransport(kind, endpoint: url, headers: headers, settings: settings, client: client)
        return try transport.mcpSession(request(events, isInSandbox: isInSandbox))
    }

    /// A session with a program.
    static func program(
        _ command: [String], environment: [String: String] = [:], events: (any EventSink)? = nil,
        _ adjust: (inout SessionSettings) -> Void = { _ in }
    ) throws -> MCPSession {
        var settings = SessionSettings()
        settings.timeout = .seconds(20)
        adjust(&settings)
        return try ProgramTransport(command: command, environment: environment, settings: settings)
            .mcpSession(request(events))
    }

    private static func request(_ events: (any EventSink)?, isInSandbox: Bool = false) -> ToolSessionRequest {
        ToolSessionRequest(
            client: "tools", isInSandbox: isInSandbox, baseDirectory: "/",
            environment: ["PATH": "/usr/local/bin:/usr/bin:/bin", "SECRET_KEY": "not for servers"], events: events)
    }
}

extension MCPSession {
    /// Does something with the session and closes it, whatever comes.
    func closing<Value: Sendable>(_ body: (MCPSession) async throws -> Value) async throws -> Value {
        do {
            let value = try await body(self)
            await close()
            return value
        } catch {
            await close()
            throw error
        }
    }

    /// The error of a call.
    func failure(of tool: String = "x", _ arguments: JSONObject = [:]) async -> EvaluationError? {
        do {
            _ = try await call(tool, arguments: arguments)
            return nil
        } catch {
            return error as? EvaluationError
        }
    }
}

/// Keeps what is reported.
final class KeptEvents: EventSink {
    /// Protects the events.
    private let kept = Mutex<[RunEvent]>([])

    func report(_ event: RunEvent) { kept.withLock { $0.append(event) } }

    func named(_ name: String) -> [JSONObject] { kept.withLock { $0 }.filter { $0.name == name }.map(\.payload) }
}

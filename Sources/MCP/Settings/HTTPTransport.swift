public import Evaluation
import Synchronization
public import Transport

/// Servers with an address, over today's transport or the one of 2024.
public struct HTTPTransport: ToolTransport {
    /// How messages travel.
    public enum Kind: Sendable, Hashable {
        /// Every message is a request of its own: `streamable_http`.
        case streamable
        /// One stream of events brings all answers: `sse`.
        case legacy

        /// What is added to an address without a path.
        var pathOfBareAddress: String { self == .streamable ? "/mcp" : "/sse" }
    }

    /// How messages travel.
    public var kind: Kind
    /// The server's address; nil where only sandboxes have one.
    public var endpoint: String?
    /// Header fields of every request.
    public var headers: [HTTPHeader]
    /// What holds for the sessions.
    public var settings: SessionSettings
    private let clients: HTTPClients

    /// A way to a server at an address.
    public init(
        _ kind: Kind, endpoint: String?, headers: [HTTPHeader] = [], settings: SessionSettings = SessionSettings(),
        client: HTTPClient
    ) {
        self.init(kind, endpoint: endpoint, headers: headers, settings: settings, clients: HTTPClients(client))
    }

    init(
        _ kind: Kind, endpoint: String?, headers: [HTTPHeader], settings: SessionSettings, clients: HTTPClients
    ) {
        self.kind = kind
        self.endpoint = endpoint
        self.headers = headers
        self.settings = settings
        self.clients = clients
    }

    init(_ kind: Kind, _ parameters: AddressedParameters, clients: HTTPClients) throws(EvaluationError) {
        if let endpoint = parameters.endpoint { _ = try Self.address(endpoint, kind) }
        self.init(
            kind, endpoint: parameters.endpoint,
            headers: parameters.headers.sorted { $0.key < $1.key }.map { HTTPHeader(name: $0.key, value: $0.value) },
            settings: try parameters.session.settings(), clients: clients)
    }

    /// An address, which an episode's sandbox may replace.
    public var place: ToolServerPlace { .address(endpoint) }

    /// Prepares a session; throws ``EvaluationError``, cause `configuration`, for an address that is none.
    public func session(_ request: ToolSessionRequest) throws -> any ToolSession { try mcpSession(request) }

    /// Prepares a session, with everything that this protocol's sessions say of a server.
    public func mcpSession(_ request: ToolSessionRequest) throws -> MCPSession {
        guard let endpoint = request.endpoint ?? endpoint else {
            throw EvaluationError(
                .configurationInvalid, "MCP client '\(request.client)' has no 'endpoint', and no sandbox says one",
                cause: .configuration, advice: "give the client an 'endpoint', or the sandbox profile an 'mcp_endpoint'"
            )
        }
        let url = try Self.address(endpoint, kind)
        let kind = kind
        let client = clients.client(isLocal: request.isInSandbox)
        let route = HTTPRoute(
            client: client, url: url, headers: headers, redactor: SecretRedactor(headers.map(\.value)),
            timeout: settings.timeout)
        return MCPSession(
            server: "MCP client '\(request.client)' (\(HTTPRoute.shown(url)))", settings: settings, request: request,
            secrets: headers.map(\.value)
        ) {
            switch kind {
            case .streamable: return StreamableHTTPChannel(route)
            case .legacy: return LegacySSEChannel(route)
            }
        }
    }

    /// The URL that an address means: one without a path gets the usual one.
    static func address(_ endpoint: String, _ kind: Kind) throws(EvaluationError) -> String {
        var url = endpoint
        while url.last?.isWhitespace ?? false { url.removeLast() }
        guard URLText.origin(of: url) != nil else {
            throw EvaluationError(
                .configurationInvalid, "the endpoint '\(HTTPRoute.shown(endpoint))' is no http or https address",
                cause: .configuration, advice: "write it as http://host:port\(kind.pathOfBareAddress)")
        }
        var bare = url
        while bare.hasSuffix("/") { bare.removeLast() }
        let authority = bare.split(separator: "://", maxSplits: 1).last ?? ""
        return authority.contains(where: { "/?#".contains($0) }) ? url : bare + kind.pathOfBareAddress
    }
}

/// The HTTP clients of all sessions: one that goes through proxies where the environment says so, and one that never does.
final class HTTPClients: Sendable {
    private let usual: HTTPClient
    /// Protects the client for sandboxes, which is made when it is first needed.
    private let direct = Mutex<HTTPClient?>(nil)

    init(_ usual: HTTPClient) { self.usual = usual }

    /// The client for a server; one in a sandbox is on this machine.
    func client(isLocal: Bool) -> HTTPClient {
        guard isLocal else { return usual }
        return direct.withLock { direct in
            if let direct { return direct }
            var configuration = HTTPClientConfiguration()
            configuration.proxy = .direct
            let client = HTTPClient(configuration: configuration)
            direct = client
            return client
        }
    }
}

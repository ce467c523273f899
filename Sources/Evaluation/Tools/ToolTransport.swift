/// A way to reach a server of tools: what an entry of `mcp_clients` makes, by its `transport`.
public protocol ToolTransport: Sendable {
    /// How the server is found.
    var place: ToolServerPlace { get }

    /// Prepares a session; it speaks to the server when it is first used.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, when the request cannot lead to one: an address that is none.
    func session(_ request: ToolSessionRequest) throws -> any ToolSession
}

/// How a tool server is found.
public enum ToolServerPlace: Sendable, Hashable {
    /// At an address: the configured one, if any, which an episode's sandbox may replace by its own.
    case address(String?)
    /// It is a program that the session starts; addresses mean nothing to it.
    case program
}

/// What a session with a tool server is opened for.
public struct ToolSessionRequest: Sendable {
    /// The client's id, for messages.
    public var client: String
    /// The server's address; nil for a program that the session starts.
    public var endpoint: String?
    /// Whether the server runs in a sandbox, so that losing it is the sandbox's fault.
    public var isInSandbox: Bool
    /// The directory against which the configuration's relative paths are read.
    public var baseDirectory: String
    /// Environment variables as they were when the configuration was read.
    public var environment: [String: String]
    /// Where what happens is reported, such as a session that is opened again; nil where nobody listens.
    public var events: (any EventSink)?

    /// Asks for a session.
    public init(
        client: String, endpoint: String? = nil, isInSandbox: Bool = false, baseDirectory: String,
        environment: [String: String], events: (any EventSink)? = nil
    ) {
        self.client = client
        self.endpoint = endpoint
        self.isInSandbox = isInSandbox
        self.baseDirectory = baseDirectory
        self.environment = environment
        self.events = events
    }
}

extension EvaluationError.Code {
    /// A tool server could not be reached, or no session with it could be made.
    public static let toolServerUnavailable = Self("tool_server.unavailable")
    /// A tool server ended, or its connection broke, while an answer was awaited.
    public static let toolServerLost = Self("tool_server.lost")
    /// A tool server did not answer in time.
    public static let toolServerTimeout = Self("tool_server.timeout")
    /// A tool server answered what its protocol does not allow.
    public static let toolServerMalformedReply = Self("tool_server.malformed_reply")
    /// A tool server refused a request, which is no failure of a tool.
    public static let toolServerRefused = Self("tool_server.refused")
}

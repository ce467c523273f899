public import Evaluation
public import JSON

/// An MCP client with its transport made.
///
/// A session with the server is opened when a step first asks for it.
public struct PlannedMCPClient: Sendable {
    /// The client's id.
    public var id: String
    /// The transport's key.
    public var transportKey: String
    /// What reaches the server.
    public var transport: any ToolTransport
    /// Its settings, secrets redacted.
    public var settings: JSONObject

    /// Plans a client.
    public init(id: String, transportKey: String, transport: any ToolTransport, settings: JSONObject) {
        self.id = id
        self.transportKey = transportKey
        self.transport = transport
        self.settings = settings
    }
}

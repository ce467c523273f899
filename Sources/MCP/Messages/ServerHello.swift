import JSON

/// What a server says of itself when a session begins.
public struct ServerHello: Sendable, Hashable {
    /// The revision of the protocol that both sides speak from here on.
    public var protocolVersion: String
    /// The server's name.
    public var name: String
    /// The server's version, where it says one.
    public var version: String?
    /// What the server says about how to use it.
    public var instructions: String?

    /// Reads the answer to `initialize`; throws ``MCPFailure`` when it is none, or of a revision that is not spoken here.
    init(_ result: JSONValue) throws(MCPFailure) {
        guard let revision = result["protocolVersion"]?.stringValue else {
            throw MCPFailure(
                .malformed, "its answer to 'initialize' names no protocolVersion", excerpt: result.text())
        }
        guard ProtocolVersion.all.contains(revision) else {
            throw MCPFailure(
                .foreignVersion,
                "it speaks revision '\(revision)' of the protocol, and gage \(ProtocolVersion.all.joined(separator: ", "))"
            )
        }
        protocolVersion = revision
        name = result["serverInfo"]?["name"]?.stringValue ?? "unnamed server"
        version = result["serverInfo"]?["version"]?.stringValue
        instructions = result["instructions"]?.stringValue
    }
}

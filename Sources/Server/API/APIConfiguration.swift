/// How the HTTP API listens, and how much it takes on.
public struct APIConfiguration: Sendable {
    /// The address to listen on; this machine only, unless said otherwise.
    public var host = "127.0.0.1"
    /// The port; 0 for any that is free.
    public var port = 8000
    /// The bearer token that clients must show; nil for none.
    public var token: String?
    /// How many runs go on at once.
    public var parallelRuns = 4
    /// How many runs may wait for their turn; more are refused with status 429.
    public var queuedRuns = 100
    /// The version that `/health` and `/openapi.json` name.
    public var version = "development"
    /// Seconds after which a silent stream of events gets a comment, so that nobody on the way takes it for dead.
    public var heartbeat = 15.0

    /// A server for this machine.
    public init() {}

    /// Whether only this machine can reach the address.
    public var isLoopback: Bool {
        let name = host.lowercased()
        return name == "localhost" || name == "::1" || name == "[::1]" || name.hasPrefix("127.")
    }
}

public import Evaluation

/// What holds for sessions over every transport.
public struct SessionSettings: Sendable {
    /// The longest time for one request.
    public var timeout = Duration.seconds(30)
    /// How often making a session is tried; nil for once, or as often as ``retryTimeout`` allows.
    public var retryAttempts: Int?
    /// The pause between two tries.
    public var retryDelay = Duration.zero
    /// The time after which no further try is made; nil for no such limit.
    public var retryTimeout: Duration?
    /// The only tools that are listed and may be called; all when empty.
    public var allowlist: [String] = []
    /// Tools that are listed without asking the server; none asks it.
    public var tools: [ToolDefinition] = []

    /// The defaults.
    public init() {}

    /// How often making a session is tried where neither number nor time is set.
    static let defaultAttempts = 1
    /// The pause between tries where only a time is set.
    static let defaultDelay = Duration.milliseconds(200)

    /// The pause before another try, or nil when there is none.
    ///
    /// `attempts` were made since `elapsed` ago.
    func pause(after attempts: Int, elapsed: Duration) -> Duration? {
        let most = retryAttempts ?? (retryTimeout == nil ? Self.defaultAttempts : .max)
        guard attempts < most else { return nil }
        if let retryTimeout, elapsed >= retryTimeout { return nil }
        return retryDelay == .zero && retryTimeout != nil ? Self.defaultDelay : retryDelay
    }
}

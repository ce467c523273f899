/// How many calls and tokens an endpoint is given; nil for as many as there are.
public struct RateLimits: Sendable, Hashable {
    /// The most calls at a time.
    public var concurrency: Int?
    /// The most requests a minute.
    public var requestsPerMinute: Int?
    /// The most tokens a minute, of requests and replies together.
    public var tokensPerMinute: Int?

    /// Sets limits.
    public init(concurrency: Int? = nil, requestsPerMinute: Int? = nil, tokensPerMinute: Int? = nil) {
        self.concurrency = concurrency
        self.requestsPerMinute = requestsPerMinute
        self.tokensPerMinute = tokensPerMinute
    }

    /// Whether nothing is limited.
    public var isUnlimited: Bool { concurrency == nil && requestsPerMinute == nil && tokensPerMinute == nil }
}

/// How many calls and tokens an endpoint is given; nil for as many as there are.
public struct RateLimits: Sendable, Hashable {
    /// The most calls at a time.
    public var concurrency: Int?
    /// The most requests a minute.
    public var requestsPerMinute: Int?
    /// The most tokens a minute, of requests and replies together.
    public var tokensPerMinute: Int?
    /// Whether fewer calls at a time are made where the endpoint cannot bear more.
    public var adaptive: AdaptiveConcurrency

    /// Sets limits, which nothing moves unless `adaptive` says so.
    public init(
        concurrency: Int? = nil, requestsPerMinute: Int? = nil, tokensPerMinute: Int? = nil,
        adaptive: AdaptiveConcurrency = AdaptiveConcurrency(isOn: false)
    ) {
        self.concurrency = concurrency
        self.requestsPerMinute = requestsPerMinute
        self.tokensPerMinute = tokensPerMinute
        self.adaptive = adaptive
    }
}

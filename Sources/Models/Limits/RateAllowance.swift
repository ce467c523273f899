/// What an endpoint's header fields say is left of one of its rates.
struct RateAllowance: Sendable, Hashable {
    /// What is counted.
    enum Kind: Sendable, Hashable, CaseIterable {
        /// Requests.
        case requests
        /// Tokens, those of the request included.
        case tokens
        /// Tokens of replies, which nobody knows beforehand.
        case replyTokens
    }

    /// The name of the header field that says it, which tells rates of one kind apart.
    var name: String
    /// What is counted.
    var kind: Kind
    /// How many there are in all; nil where the endpoint does not say.
    var limit: Double?
    /// How many are left.
    var remaining: Double
    /// Seconds until all are there again; nil where the endpoint does not say.
    var resetSeconds: Double?

    /// The bucket that the endpoint seems to keep; nil where too little is said to be of use.
    func bucket(now: Double) -> TokenBucket? {
        guard let resetSeconds, resetSeconds > 0, resetSeconds.isFinite else { return nil }
        // Without a limit all that is known is that what was used comes back by then.
        let capacity = max(limit ?? remaining + 1, remaining)
        guard capacity > remaining else { return nil }
        return TokenBucket(
            capacity: capacity, level: remaining, perSecond: (capacity - remaining) / resetSeconds, now: now)
    }
}

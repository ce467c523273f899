import Evaluation
import Transport

/// Which header fields of a provider's responses say what is left of its rates: data, one set for each provider.
struct RateHeaders: Sendable, Hashable {
    /// The fields of one rate.
    struct Rate: Sendable, Hashable {
        var kind: RateAllowance.Kind
        var limit: String
        var remaining: String
        /// The field that says when all is there again; nil where the rate is always of ``window`` seconds.
        var reset: String?
        /// The rate's time in seconds where no field says it.
        var window: Double?
    }

    var rates: [Rate] = []

    /// OpenAI's, which Azure, Groq, xAI and many others send too.
    static let openAI = RateHeaders(rates: [
        Rate(
            kind: .requests, limit: "x-ratelimit-limit-requests", remaining: "x-ratelimit-remaining-requests",
            reset: "x-ratelimit-reset-requests"),
        Rate(
            kind: .tokens, limit: "x-ratelimit-limit-tokens", remaining: "x-ratelimit-remaining-tokens",
            reset: "x-ratelimit-reset-tokens"),
    ])

    /// Anthropic's.
    static let anthropic = RateHeaders(
        rates: [
            ("requests", RateAllowance.Kind.requests), ("tokens", .tokens), ("input-tokens", .tokens),
            ("output-tokens", .replyTokens),
        ].map { name, kind in
            Rate(
                kind: kind, limit: "anthropic-ratelimit-\(name)-limit",
                remaining: "anthropic-ratelimit-\(name)-remaining", reset: "anthropic-ratelimit-\(name)-reset")
        })

    /// Of providers that have one set of fields for requests, as Together and OpenRouter.
    static let plain = RateHeaders(rates: [
        Rate(
            kind: .requests, limit: "x-ratelimit-limit", remaining: "x-ratelimit-remaining", reset: "x-ratelimit-reset")
    ])

    /// Mistral's, whose rates are by the minute.
    static let mistral = RateHeaders(rates: [
        Rate(
            kind: .requests, limit: "x-ratelimit-limit-req-minute", remaining: "x-ratelimit-remaining-req-minute",
            window: 60),
        Rate(
            kind: .tokens, limit: "x-ratelimit-limit-tokens-minute", remaining: "x-ratelimit-remaining-tokens-minute",
            window: 60),
    ])

    /// Of providers that say nothing.
    static let none = RateHeaders()

    /// What a response says is left; `wallNow` is the time in seconds since 1970.
    func allowances(in headers: HTTPHeaders, wallNow: Double) -> [RateAllowance] {
        rates.compactMap { rate in
            guard let remaining = headers.first(rate.remaining).flatMap(Double.init), remaining.isFinite else {
                return nil
            }
            let reset = rate.reset.flatMap { headers.first($0) }.flatMap { ResetTime.seconds($0, wallNow: wallNow) }
            let limit = headers.first(rate.limit).flatMap(Double.init)
            // A server may say anything. Beyond what a refusal may ask for, it is asked again and may refuse.
            return RateAllowance(
                name: rate.remaining, kind: rate.kind, limit: limit.flatMap { $0.isFinite ? $0 : nil },
                remaining: max(0, remaining),
                resetSeconds: (reset ?? rate.window).map { min($0, RetryPolicy().maximumServerDelay) })
        }
    }
}

/// What one response says about an endpoint's load.
struct ResponseSignal: Sendable {
    private static let refusals: [Int: AdaptiveLimit.Reason] = [
        429: .throttled, 503: .overloaded, 529: .overloaded,
    ]

    /// When the call began, on the monotonic clock.
    var callStarted: Double
    /// What is left of the endpoint's rates.
    var allowances: [RateAllowance]
    /// Whether it refused the call for load, and how.
    var refusal: AdaptiveLimit.Reason?
    /// How many seconds it wants to be left alone.
    var wish: Double?

    init(status: Int, headers: HTTPHeaders, fields: RateHeaders, callStarted: Double, wallNow: Double) {
        self.callStarted = callStarted
        allowances = fields.allowances(in: headers, wallNow: wallNow)
        refusal = Self.refusals[status]
        guard refusal != nil, case .after(let duration) = RetryAfter.advice(headers, now: wallNow) else { return }
        wish = min(duration.inSeconds, RetryPolicy().maximumServerDelay)
    }
}

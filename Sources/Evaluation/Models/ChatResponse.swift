public import JSON

/// A chat model's reply.
public struct ChatResponse: Sendable, Hashable {
    /// Why the model stopped, normalized over providers.
    public enum FinishReason: Sendable, Hashable {
        /// It was done.
        case stop
        /// It ran into a token limit.
        case length
        /// It wants tools run.
        case toolCalls
        /// A filter cut it off.
        case contentFilter
        /// The provider gave no reason.
        case unknown

        /// The reason in OpenAI's word.
        public var name: String {
            switch self {
            case .stop: "stop"
            case .length: "length"
            case .toolCalls: "tool_calls"
            case .contentFilter: "content_filter"
            case .unknown: "unknown"
            }
        }
    }

    /// The reply: text, tool calls, or both.
    public var message: Message
    /// Why the model stopped.
    public var finishReason: FinishReason
    /// Tokens used, where the provider says.
    public var usage: Usage?
    /// The price in US dollars; nil where no price is known.
    public var cost: Double?
    /// The model that answered, in the provider's word.
    public var model: String
    /// Seconds that the successful call took.
    public var duration: Double
    /// How many calls it took, retries included.
    public var attempts: Int
    /// Whether a cache or a cassette answered.
    public var isReplayed: Bool
    /// The provider's reply as it came, where kept.
    public var raw: JSONValue?

    /// The highest price that is believed, in US dollars: sums of what servers make up must stay numbers.
    private static let highestCost = 1e12

    /// Records a reply.
    ///
    /// Of counts and prices no more than can be added up is taken over; what is below zero or no number is unknown.
    public init(message: Message, finishReason: FinishReason, model: String, usage: Usage? = nil, cost: Double? = nil) {
        self.message = message
        self.finishReason = finishReason
        self.model = model
        self.usage = usage?.believed
        self.cost = cost.flatMap { $0 >= 0 ? min($0, Self.highestCost) : nil }
        duration = 0
        attempts = 1
        isReplayed = false
        raw = nil
    }
}

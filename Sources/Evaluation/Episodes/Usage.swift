public import JSON

/// Tokens that a model call used.
///
/// Absent counts stay absent: unknown is not zero.
public struct Usage: Sendable, Hashable {
    /// Tokens of the request.
    public var inputTokens: Int?
    /// Tokens of the reply, reasoning included.
    public var outputTokens: Int?
    /// Of the request's tokens: those read from the provider's prompt cache.
    public var cachedInputTokens: Int?
    /// Of the reply's tokens: those spent on reasoning.
    public var reasoningTokens: Int?

    /// Counts tokens.
    public init(
        inputTokens: Int? = nil, outputTokens: Int? = nil, cachedInputTokens: Int? = nil, reasoningTokens: Int? = nil
    ) {
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.cachedInputTokens = cachedInputTokens
        self.reasoningTokens = reasoningTokens
    }

    /// The largest count that is believed: sums of what servers make up must not overflow.
    public static let largestCount = 1_000_000_000_000

    /// The counts as far as they are believed.
    var believed: Usage {
        func believed(_ count: Int?) -> Int? { count.flatMap { $0 >= 0 ? min($0, Self.largestCount) : nil } }
        return Self(
            inputTokens: believed(inputTokens), outputTokens: believed(outputTokens),
            cachedInputTokens: believed(cachedInputTokens), reasoningTokens: believed(reasoningTokens))
    }

    /// Adds two counts; a count absent on both sides stays absent.
    public static func + (left: Self, right: Self) -> Self {
        func sum(_ a: Int?, _ b: Int?) -> Int? { a == nil && b == nil ? nil : (a ?? 0) + (b ?? 0) }
        return Self(
            inputTokens: sum(left.inputTokens, right.inputTokens),
            outputTokens: sum(left.outputTokens, right.outputTokens),
            cachedInputTokens: sum(left.cachedInputTokens, right.cachedInputTokens),
            reasoningTokens: sum(left.reasoningTokens, right.reasoningTokens))
    }

    /// The counts that are known, by their property's name in snake case.
    public var json: JSONValue {
        var object: JSONObject = [:]
        if let inputTokens { object["input_tokens"] = .int(Int64(inputTokens)) }
        if let outputTokens { object["output_tokens"] = .int(Int64(outputTokens)) }
        if let cachedInputTokens { object["cached_input_tokens"] = .int(Int64(cachedInputTokens)) }
        if let reasoningTokens { object["reasoning_tokens"] = .int(Int64(reasoningTokens)) }
        return .object(object)
    }

    /// Reads what ``json`` writes.
    public init(json: JSONValue) {
        self.init(
            inputTokens: json["input_tokens"]?.intValue, outputTokens: json["output_tokens"]?.intValue,
            cachedInputTokens: json["cached_input_tokens"]?.intValue,
            reasoningTokens: json["reasoning_tokens"]?.intValue)
    }
}

public import Evaluation

/// What a model's tokens cost, in US dollars per million.
public struct ModelPrice: Parameters, Hashable {
    /// Of a million tokens of the request.
    public var input = 0.0
    /// Of a million tokens of the reply, reasoning included.
    public var output = 0.0
    /// Of a million tokens of the request that the provider read from its prompt cache; nil for the full price.
    public var cachedInput: Double?

    /// A model that costs nothing.
    public init() {}

    /// Prices a model.
    public init(input: Double, output: Double, cachedInput: Double? = nil) {
        self.input = input
        self.output = output
        self.cachedInput = cachedInput
    }

    /// The keys of a `price` block.
    public static var fields: [ParameterField<Self>] {
        [
            .init("input", \.input, "US dollars per million tokens of the request.") {
                $0.isRequired = true
                $0.minimum = 0
            },
            .init("output", \.output, "US dollars per million tokens of the reply.") {
                $0.isRequired = true
                $0.minimum = 0
            },
            .init("cached_input", \.cachedInput, "US dollars per million request tokens read from the prompt cache.") {
                $0.minimum = 0
            },
        ]
    }

    /// What a call cost; nil where its tokens are not known.
    public func cost(of usage: Usage) -> Double? {
        guard let inputTokens = usage.inputTokens, let outputTokens = usage.outputTokens else { return nil }
        let cached = min(max(0, usage.cachedInputTokens ?? 0), inputTokens)
        let dollars =
            Double(inputTokens - cached) * input + Double(cached) * (cachedInput ?? input)
            + Double(outputTokens) * output
        return dollars / 1_000_000
    }
}

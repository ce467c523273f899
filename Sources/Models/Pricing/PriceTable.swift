/// Prices of models that are known without being configured.
///
/// A price that the configuration gives always wins, and so does a price that the provider reports. A model that is
/// in no table has no price: unknown is not zero.
public struct PriceTable: Sendable {
    /// When the prices were collected, as year and month.
    public let date: String
    private let prices: [String: [String: ModelPrice]]

    /// Takes prices by provider and model.
    public init(date: String, prices: [String: [String: ModelPrice]]) {
        self.date = date
        self.prices = prices
    }

    /// The price of a provider's model; nil where it is unknown.
    ///
    /// A dated snapshot (`gpt-4.1-2025-04-14`, `claude-sonnet-4-20250514`) has the price of its model unless it is listed itself.
    public func price(of model: String, provider: String) -> ModelPrice? {
        guard let models = prices[provider] else { return nil }
        return models[model] ?? models[withoutSnapshotDate(model)]
    }

    private func withoutSnapshotDate(_ model: String) -> String {
        let parts = model.split(separator: "-", omittingEmptySubsequences: false)
        if parts.count > 1, let last = parts.last, isNumber(last, digits: 8) {
            return parts.dropLast().joined(separator: "-")
        }
        guard parts.count > 3, zip(parts.suffix(3), [4, 2, 2]).allSatisfy({ isNumber($0, digits: $1) }) else {
            return model
        }
        return parts.dropLast(3).joined(separator: "-")
    }

    private func isNumber(_ text: Substring, digits: Int) -> Bool {
        text.utf8.count == digits && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}

extension PriceTable {
    /// The standard-tier list prices of the chat models that evaluations use most, where a model has one price.
    ///
    /// As they stood in 2025, from general knowledge and not checked against an invoice. Prices change: give `price` where a
    /// figure matters.
    public static let builtIn = PriceTable(
        date: "2025-09",
        prices: [
            "openai": [
                "gpt-4o": ModelPrice(input: 2.5, output: 10, cachedInput: 1.25),
                "gpt-4o-mini": ModelPrice(input: 0.15, output: 0.6, cachedInput: 0.075),
                "gpt-4.1": ModelPrice(input: 2, output: 8, cachedInput: 0.5),
                "gpt-4.1-mini": ModelPrice(input: 0.4, output: 1.6, cachedInput: 0.1),
                "gpt-4.1-nano": ModelPrice(input: 0.1, output: 0.4, cachedInput: 0.025),
                "gpt-5": ModelPrice(input: 1.25, output: 10, cachedInput: 0.125),
                "gpt-5-mini": ModelPrice(input: 0.25, output: 2, cachedInput: 0.025),
                "gpt-5-nano": ModelPrice(input: 0.05, output: 0.4, cachedInput: 0.005),
                "o3": ModelPrice(input: 2, output: 8, cachedInput: 0.5),
                "o4-mini": ModelPrice(input: 1.1, output: 4.4, cachedInput: 0.275),
            ],
            "anthropic": [
                "claude-opus-4-1": ModelPrice(input: 15, output: 75, cachedInput: 1.5),
                "claude-opus-4": ModelPrice(input: 15, output: 75, cachedInput: 1.5),
                "claude-sonnet-4-5": ModelPrice(input: 3, output: 15, cachedInput: 0.3),
                "claude-sonnet-4": ModelPrice(input: 3, output: 15, cachedInput: 0.3),
                "claude-3-7-sonnet": ModelPrice(input: 3, output: 15, cachedInput: 0.3),
                "claude-3-5-sonnet": ModelPrice(input: 3, output: 15, cachedInput: 0.3),
                "claude-3-5-haiku": ModelPrice(input: 0.8, output: 4, cachedInput: 0.08),
            ],
            "gemini": [
                "gemini-2.5-flash": ModelPrice(input: 0.3, output: 2.5, cachedInput: 0.075),
                "gemini-2.5-flash-lite": ModelPrice(input: 0.1, output: 0.4, cachedInput: 0.025),
                "gemini-2.0-flash": ModelPrice(input: 0.1, output: 0.4, cachedInput: 0.025),
            ],
        ])
}

import Evaluation
import JSON

/// Reads token counts in the shapes that compatible servers use.
enum OpenAIUsage {
    /// The counts that are there; nil where the value holds none.
    static func read(_ value: JSONValue) -> Usage? {
        let usage = Usage(
            inputTokens: count(value["prompt_tokens"] ?? value["input_tokens"]),
            outputTokens: count(value["completion_tokens"] ?? value["output_tokens"]),
            cachedInputTokens: count(
                value["prompt_tokens_details"]?["cached_tokens"] ?? value["input_tokens_details"]?["cached_tokens"]
                    ?? value["prompt_cache_hit_tokens"]),
            reasoningTokens: count(
                value["completion_tokens_details"]?["reasoning_tokens"]
                    ?? value["output_tokens_details"]?["reasoning_tokens"]))
        return usage == Usage() ? nil : usage
    }

    private static func count(_ value: JSONValue?) -> Int? {
        guard let value, let count = value.intValue ?? value.doubleValue.flatMap(Int.init(exactly:)), count >= 0 else {
            return nil
        }
        return count
    }
}

/// What a reply costs: by the configured price, else as the provider says, else by the built-in table.
struct OpenAIPricing: Sendable {
    private let configured: ModelPrice?
    private let builtIn: ModelPrice?

    init(_ settings: OpenAISettings, host: String) {
        configured = settings.price
        // A model of the same name on another server has another price.
        let isProvidersOwn = host == settings.provider.strictHost
        builtIn =
            isProvidersOwn
            ? PriceTable.builtIn.price(of: settings.model, provider: settings.provider.name) : nil
    }

    func cost(of usage: Usage?, reported: JSONValue?) -> Double? {
        if let configured { return usage.flatMap(configured.cost) }
        if let reported = reported?.doubleValue, reported.isFinite, reported >= 0 { return reported }
        guard let usage, let builtIn else { return nil }
        return builtIn.cost(of: usage)
    }
}

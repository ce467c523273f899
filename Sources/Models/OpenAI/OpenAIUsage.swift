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

    static func count(_ value: JSONValue?) -> Int? {
        guard let value, let count = value.intValue ?? value.doubleValue.flatMap(Int.init(exactly:)), count >= 0 else {
            return nil
        }
        return min(count, Usage.largestCount)
    }
}

public import Evaluation
public import JSON

/// How a model samples: the `generation_parameters` (or `default_params`) of a backend.
///
/// Keys that are not listed here are sent to the provider as they are, for servers with sampling parameters of their
/// own (`top_k`, `repetition_penalty`, `reasoning_effort`). One that looks like a misspelt known key is warned about.
public struct GenerationParameters: Parameters {
    /// Randomness of the choice of tokens; 0 for as little as the provider can do.
    public var temperature: Double?
    /// The share of probability that tokens are chosen from.
    public var topP: Double?
    /// The longest reply in tokens, sent under the name that the endpoint understands.
    public var maxNewTokens: Int?
    /// The longest reply in tokens.
    public var maxTokens: Int?
    /// The longest reply in tokens, reasoning included, in newer OpenAI models' word.
    public var maxCompletionTokens: Int?
    /// Texts that end the reply.
    public var stop: OneOrMany<String>?
    /// The provider's sampling seed.
    public var seed: Int?
    /// Discourages tokens that have occurred.
    public var presencePenalty: Double?
    /// Discourages tokens by how often they have occurred.
    public var frequencyPenalty: Double?
    /// How many replies are asked for; the first is used.
    public var n: Int?
    /// Everything else, sent as it is.
    public var extras: JSONObject = [:]

    /// Leaves everything to the provider.
    public init() {}

    /// The known keys.
    public static var fields: [ParameterField<Self>] {
        [
            .init("temperature", \.temperature, "Randomness of the choice of tokens.") { $0.minimum = 0 },
            .init("top_p", \.topP, "The share of probability that tokens are chosen from.") {
                $0.minimum = 0
                $0.maximum = 1
            },
            .init(
                "max_new_tokens", \.maxNewTokens,
                "The longest reply in tokens, sent as max_tokens or max_completion_tokens, whichever is understood."
            ) { $0.minimum = 1 },
            .init("max_tokens", \.maxTokens, "The longest reply in tokens.") { $0.minimum = 1 },
            .init("max_completion_tokens", \.maxCompletionTokens, "The longest reply in tokens, reasoning included.") {
                $0.minimum = 1
            },
            .init("stop", \.stop, "A text, or several, that end the reply."),
            .init("seed", \.seed, "The provider's sampling seed."),
            .init("presence_penalty", \.presencePenalty, "Discourages tokens that have occurred."),
            .init("frequency_penalty", \.frequencyPenalty, "Discourages tokens by how often they have occurred."),
            .init("n", \.n, "How many replies are asked for; the first is used.") { $0.minimum = 1 },
        ]
    }

    /// Sampling parameters of other servers are passed through.
    public static var allowsUnknownKeys: Bool { true }

    /// Keeps the keys that are passed through.
    public mutating func readUnknownKeys(_ entries: [ConfigEntry]) {
        for entry in entries { extras[entry.key] = entry.value.json }
    }

    /// Parameters of other servers that look like misspelt ones of ours and are not.
    private static let wellKnownExtras: Set<String> = [
        "top_k", "top_a", "min_p", "typical_p", "min_tokens", "best_of", "repetition_penalty", "stop_token_ids", "user",
    ]

    /// Warns about a passed-through key that is nearly a known one.
    public func validate(at node: ConfigNode, into diagnostics: inout Diagnostics) {
        let names = Self.fields.flatMap { [$0.description.name] + $0.description.aliases }
        for key in extras.keys where !Self.wellKnownExtras.contains(key) {
            guard let value = node[key], let hint = NearMiss.hint(key, among: names) else { continue }
            diagnostics.warning("'\(key)' is no parameter known here and is sent as it is", at: value, advice: hint)
        }
    }

    /// The parameters that are set, by their names on the wire.
    public var wire: JSONObject {
        var object: JSONObject = [:]
        if let temperature { object["temperature"] = JSONValue(temperature) }
        if let topP { object["top_p"] = JSONValue(topP) }
        if let maxNewTokens { object["max_new_tokens"] = JSONValue(maxNewTokens) }
        if let maxTokens { object["max_tokens"] = JSONValue(maxTokens) }
        if let maxCompletionTokens { object["max_completion_tokens"] = JSONValue(maxCompletionTokens) }
        if let stop { object["stop"] = stop.values.count == 1 ? .string(stop.values[0]) : stop.json }
        if let seed { object["seed"] = JSONValue(seed) }
        if let presencePenalty { object["presence_penalty"] = JSONValue(presencePenalty) }
        if let frequencyPenalty { object["frequency_penalty"] = JSONValue(frequencyPenalty) }
        if let n { object["n"] = JSONValue(n) }
        object.merge(extras)
        return object
    }

    /// What was set, for the resolved configuration.
    public var json: JSONValue { .object(wire) }
}

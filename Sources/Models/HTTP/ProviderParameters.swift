public import Evaluation
public import JSON

/// The `config` block of a backend that speaks a provider's own protocol: `anthropic`, `gemini`, `openai_responses`.
public struct ProviderParameters: Parameters {
    /// The endpoint.
    public var baseURL: String?
    /// The key.
    public var apiKey: String?
    /// The model's name on the wire.
    public var model = ""
    /// Whether replies are streamed.
    public var stream = false
    /// The longest time for a reply in seconds.
    public var timeout = 600.0
    /// How often a failed call is repeated.
    public var maxRetries = RetryPolicy().maximumRetries
    /// How the model samples.
    public var generationParameters = GenerationParameters()
    /// The tool choice of requests that make none.
    public var toolChoice: DefaultToolChoice?
    /// Header fields added to every request.
    public var extraHeaders: [String: String] = [:]
    /// Keys added to the request's body.
    public var extraBody: JSONObject = [:]
    /// The most calls at a time.
    public var asyncMaxConcurrency: Int?
    /// Whether fewer calls at a time are made where the endpoint cannot bear more.
    public var adaptiveConcurrency = AdaptiveConcurrency()
    /// The most requests a minute.
    public var requestsPerMinute: Int?
    /// The most tokens a minute.
    public var tokensPerMinute: Int?
    /// What tokens cost.
    public var price: ModelPrice?
    /// Whether requests say which episode they serve.
    public var sendEpisodeHeaders: Bool?
    /// Whether replies keep the provider's own JSON.
    public var keepRawReplies = false

    /// A block without a model.
    public init() {}

    /// The keys.
    public static var fields: [ParameterField<Self>] { routeFields + callFields + limitFields }

    private static var routeFields: [ParameterField<Self>] {
        [
            .init("model", \.model, "The model's name.") {
                $0.aliases = ["model_name"]
                $0.isRequired = true
            },
            .init("base_url", \.baseURL, "The endpoint; else the provider's environment variable, else its own.") {
                $0.aliases = ["api_base"]
            },
            .init("api_key", \.apiKey, "The key; else the provider's environment variable.") { $0.isSecret = true },
            .init("extra_headers", \.extraHeaders, "Header fields added to every request.") { $0.isSecret = true },
            .init("extra_body", \.extraBody, "Keys added to the request's body as they are."),
        ]
    }

    private static var callFields: [ParameterField<Self>] {
        [
            .init("stream", \.stream, "Whether replies are streamed.") { $0.aliases = ["streaming"] },
            .init("timeout", \.timeout, "The longest time in seconds for a reply, or for silence within a stream.") {
                $0.aliases = ["timeout_s"]
                $0.minimum = 0.001
            },
            .init("max_retries", \.maxRetries, "How often a call is repeated that failed for a reason that may pass.") {
                $0.minimum = 0
                $0.maximum = 100
            },
            .init("generation_parameters", \.generationParameters, "How the model samples."),
            .init("tool_choice", \.toolChoice, "The tool choice of requests that make none."),
            .init("keep_raw_replies", \.keepRawReplies, "Whether replies keep the provider's own JSON."),
        ]
    }

    private static var limitFields: [ParameterField<Self>] {
        [
            .init("async_max_concurrency", \.asyncMaxConcurrency, "The most calls at a time.") {
                $0.aliases = ["max_concurrency"]
                $0.minimum = 1
            },
            .init(
                "adaptive_concurrency", \.adaptiveConcurrency,
                "Whether fewer calls at a time are made where the endpoint cannot bear more; or initial, min and max."),
            .init("requests_per_minute", \.requestsPerMinute, "The most requests a minute.") { $0.minimum = 1 },
            .init("tokens_per_minute", \.tokensPerMinute, "The most tokens a minute, of requests and replies.") {
                $0.minimum = 1
            },
            .init("price", \.price, "What a million tokens cost in US dollars."),
            .init(
                "send_episode_headers", \.sendEpisodeHeaders,
                "Whether requests say which episode they serve; by default only to this machine."),
        ]
    }

    /// Refuses an empty model name, which an unset variable leaves behind.
    public func validate(at node: ConfigNode, into diagnostics: inout Diagnostics) {
        if model.isEmpty, let entry = node["model"] ?? node["model_name"] {
            diagnostics.error("the model's name is empty", at: entry)
        }
    }

    func settings(_ provider: KnownProvider) -> HTTPModelSettings {
        var settings = HTTPModelSettings(model: model, provider: provider)
        settings.baseURL = baseURL
        settings.apiKey = apiKey
        settings.timeout = timeout
        settings.retries.maximumRetries = maxRetries
        settings.limits = RateLimits(
            concurrency: asyncMaxConcurrency, requestsPerMinute: requestsPerMinute, tokensPerMinute: tokensPerMinute,
            adaptive: adaptiveConcurrency)
        let sampling = generationParameters.wire
        settings.parameterLayers = sampling.isEmpty ? [] : [sampling]
        settings.extraBody = extraBody
        settings.extraHeaders = extraHeaders
        settings.toolChoice = toolChoice?.choice
        settings.streams = stream
        settings.price = price
        settings.sendsEpisodeHeaders = sendEpisodeHeaders
        settings.keepsRawReplies = keepRawReplies
        return settings
    }
}

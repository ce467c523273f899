public import Evaluation
public import JSON

/// The `config` block of an `openai_http` backend.
public struct OpenAIHTTPParameters: Parameters {
    /// The endpoint, with or without `/chat/completions`.
    public var baseURL: String?
    /// The key.
    public var apiKey: String?
    /// The model's name on the wire.
    public var model = ""
    /// Whether a missing key is an error at the start of a run.
    public var requireAPIKey = false
    /// The key used when there is no other.
    public var fallbackAPIKey: String?
    /// The longest time for a reply in seconds.
    public var timeout = 600.0
    /// How often a failed call is repeated.
    public var maxRetries = RetryPolicy().maximumRetries
    /// How the model samples.
    public var generationParameters = GenerationParameters()
    /// How the model samples, in the word of older configurations; `generation_parameters` win.
    public var defaultParams = GenerationParameters()
    /// The tool choice of requests that make none.
    public var toolChoice: DefaultToolChoice?
    /// Whether replies are streamed.
    public var stream = false
    /// Header fields added to every request.
    public var extraHeaders: [String: String] = [:]
    /// The account's organization.
    public var organization: String?
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
    /// Keys added to the request's body.
    public var extraBody: JSONObject = [:]
    /// Whether requests say which episode they serve.
    public var sendEpisodeHeaders: Bool?
    /// Whether replies keep the provider's own JSON.
    public var keepRawReplies = false
    /// Accepted and without effect.
    public var enableAsync: Bool?
    /// Accepted and without effect.
    public var clientArgs: JSONObject = [:]

    /// A block without a model.
    public init() {}

    /// The keys.
    public static var fields: [ParameterField<Self>] {
        [
            .init(
                "base_url", \.baseURL,
                "The endpoint, with or without /chat/completions; else OPENAI_BASE_URL, else https://api.openai.com/v1."
            ),
            .init("api_key", \.apiKey, "The key; else the environment's OPENAI_API_KEY.") { $0.isSecret = true },
            .init("model", \.model, "The model's name.") {
                $0.aliases = ["model_name"]
                $0.isRequired = true
            },
            .init("require_api_key", \.requireAPIKey, "Whether a missing key is an error at the start of a run."),
            .init("fallback_api_key", \.fallbackAPIKey, "The key used when there is no other.") { $0.isSecret = true },
            .init("timeout", \.timeout, "The longest time in seconds for a reply, or for silence within a stream.") {
                $0.aliases = ["timeout_s"]
                $0.minimum = 0.001
            },
            .init("max_retries", \.maxRetries, "How often a call is repeated that failed for a reason that may pass.") {
                $0.minimum = 0
                $0.maximum = 100
            },
            .init("generation_parameters", \.generationParameters, "How the model samples."),
            .init("default_params", \.defaultParams, "Same as generation_parameters, which win over it."),
            .init("tool_choice", \.toolChoice, "The tool choice of requests that make none."),
            .init("stream", \.stream, "Whether replies are streamed.") { $0.aliases = ["streaming"] },
            .init("extra_headers", \.extraHeaders, "Header fields added to every request.") { $0.isSecret = true },
            .init("organization", \.organization, "The account's organization."),
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
            .init("extra_body", \.extraBody, "Keys added to the request's body as they are."),
            .init(
                "send_episode_headers", \.sendEpisodeHeaders,
                "Whether requests say which episode they serve; by default only to this machine."),
            .init("keep_raw_replies", \.keepRawReplies, "Whether replies keep the provider's own JSON."),
            .init("enable_async", \.enableAsync, "Accepted for older configurations.") {
                $0.ignoredBecause = "every call is asynchronous"
            },
            .init("client_args", \.clientArgs, "Accepted for older configurations.") {
                $0.ignoredBecause = "it configured a Python client; use timeout, max_retries and extra_headers"
            },
        ]
    }

    /// Refuses an empty model name, which an unset variable leaves behind.
    public func validate(at node: ConfigNode, into diagnostics: inout Diagnostics) {
        if model.isEmpty, let entry = node["model"] ?? node["model_name"] {
            diagnostics.error("the model's name is empty", at: entry)
        }
    }

    var settings: HTTPModelSettings {
        var settings = HTTPModelSettings(model: model, provider: .openAI)
        settings.baseURL = baseURL
        settings.apiKey = apiKey
        settings.fallbackAPIKey = fallbackAPIKey
        settings.requiresAPIKey = requireAPIKey
        settings.timeout = timeout
        settings.retries.maximumRetries = maxRetries
        settings.limits = RateLimits(
            concurrency: asyncMaxConcurrency, requestsPerMinute: requestsPerMinute, tokensPerMinute: tokensPerMinute,
            adaptive: adaptiveConcurrency)
        settings.parameterLayers = [defaultParams.wire, generationParameters.wire].filter { !$0.isEmpty }
        settings.extraBody = extraBody
        settings.extraHeaders = extraHeaders
        if let organization { settings.extraHeaders["OpenAI-Organization"] = organization }
        settings.toolChoice = toolChoice?.choice
        settings.streams = stream
        settings.price = price
        settings.sendsEpisodeHeaders = sendEpisodeHeaders
        settings.keepsRawReplies = keepRawReplies
        return settings
    }
}

/// The tool choices that a backend can have as its default.
public enum DefaultToolChoice: String, Sendable, CaseIterable, ParameterChoice {
    /// The model decides.
    case auto
    /// The model must call some tool.
    case required
    /// The model may not call tools.
    case none

    var choice: ToolChoice {
        switch self {
        case .auto: .auto
        case .required: .required
        case .none: .none
        }
    }
}

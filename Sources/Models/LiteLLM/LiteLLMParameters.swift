public import Evaluation
public import JSON

/// The `config` block of a `litellm` backend.
///
/// No LiteLLM is involved: the names of models and parameters are LiteLLM's, the calls are made natively in
/// the provider's own protocol.
public struct LiteLLMParameters: Parameters {
    /// The model, with its provider's prefix where that is not given apart.
    public var model = ""
    /// The provider.
    public var provider: String?
    /// The provider in LiteLLM's own word, which wins.
    public var customLLMProvider: String?
    /// The endpoint.
    public var apiBase: String?
    /// The key.
    public var apiKey: String?
    /// Header fields added to every request.
    public var extraHeaders: [String: String] = [:]
    /// Whether replies are streamed.
    public var streaming = false
    /// Whether parameters that the model is known to refuse are left out.
    public var dropParams = true
    /// The longest time for a reply in seconds.
    public var timeout: Double?
    /// How often a failed call is repeated.
    public var maxRetries = RetryPolicy().maximumRetries
    /// The longest wait before the first repetition, in seconds.
    public var retrySleep = RetryPolicy().initialDelay
    /// By how much that wait grows.
    public var retryMultiplier = RetryPolicy().multiplier
    /// How the model samples.
    public var generationParameters = GenerationParameters()
    /// The tool choice of requests that make none.
    public var toolChoice: DefaultToolChoice?
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
    /// LiteLLM's description of the model; its prices count where `price` is not given.
    public var modelInfo: JSONObject = [:]
    /// Keys added to the request's body.
    public var extraBody: JSONObject = [:]
    /// Whether requests say which episode they serve.
    public var sendEpisodeHeaders: Bool?
    /// Accepted and without effect.
    public var maxModelLength: Int?
    /// Accepted and without effect.
    public var resourceRequirement: JSONObject = [:]
    /// The version of Azure's interface.
    public var azureAPIVersion: String?
    /// Accepted and without effect.
    public var verbose: Bool?

    /// A block without a model.
    public init() {}

    /// The keys.
    public static var fields: [ParameterField<Self>] { routeFields + callFields + compatibilityFields }

    private static var routeFields: [ParameterField<Self>] {
        [
            .init("model", \.model, "The model, with its provider's prefix unless that is given apart.") {
                $0.isRequired = true
            },
            .init("provider", \.provider, "The provider, where the model's name does not say it."),
            .init("custom_llm_provider", \.customLLMProvider, "Same as provider, which it wins over."),
            .init("api_base", \.apiBase, "The endpoint; else the provider's own.") { $0.aliases = ["base_url"] },
            .init(
                "azure_api_version", \.azureAPIVersion,
                "The version of Azure's interface; else the environment's AZURE_API_VERSION."
            ) { $0.aliases = ["api_version"] },
            .init("api_key", \.apiKey, "The key; else the provider's environment variable.") { $0.isSecret = true },
            .init("extra_headers", \.extraHeaders, "Header fields added to every request.") { $0.isSecret = true },
        ]
    }

    private static var callFields: [ParameterField<Self>] {
        [
            .init("streaming", \.streaming, "Whether replies are streamed.") { $0.aliases = ["stream"] },
            .init("drop_params", \.dropParams, "Whether parameters that the model is known to refuse are left out."),
            .init("timeout", \.timeout, "The longest time in seconds for a reply, or for silence within a stream.") {
                $0.aliases = ["timeout_s"]
                $0.minimum = 0.001
            },
            .init("max_retries", \.maxRetries, "How often a call is repeated that failed for a reason that may pass.") {
                $0.minimum = 0
                $0.maximum = 100
            },
            .init("retry_sleep", \.retrySleep, "The longest wait in seconds before the first repetition.") {
                $0.minimum = 0
            },
            .init("retry_multiplier", \.retryMultiplier, "By how much that wait grows each time.") { $0.minimum = 1 },
            .init("generation_parameters", \.generationParameters, "How the model samples."),
            .init("tool_choice", \.toolChoice, "The tool choice of requests that make none."),
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
            .init("model_info", \.modelInfo, "LiteLLM's description of the model; its prices count without price."),
            .init("extra_body", \.extraBody, "Keys added to the request's body as they are."),
            .init(
                "send_episode_headers", \.sendEpisodeHeaders,
                "Whether requests say which episode they serve; by default only to this machine."),
        ]
    }

    private static var compatibilityFields: [ParameterField<Self>] {
        [
            .init("max_model_length", \.maxModelLength, "Accepted for older configurations.") {
                $0.ignoredBecause = "a conversation that is too long is the server's to refuse"
            },
            .init("resource_requirement", \.resourceRequirement, "Accepted for older configurations.") {
                $0.ignoredBecause = "calls need no pool; use async_max_concurrency"
            },
            .init("verbose", \.verbose, "Accepted for older configurations.") {
                $0.ignoredBecause = "what is logged is the run's to decide"
            },
        ]
    }

    func settings() throws(EvaluationError) -> HTTPModelSettings {
        let name = try ModelName(
            model, provider: customLLMProvider ?? provider, hasAddress: apiBase?.isEmpty == false)
        var settings = HTTPModelSettings(model: name.model, provider: name.provider)
        settings.baseURL = apiBase
        settings.apiKey = apiKey
        settings.apiVersion = azureAPIVersion
        if let timeout { settings.timeout = timeout }
        settings.retries.maximumRetries = maxRetries
        settings.retries.initialDelay = retrySleep
        settings.retries.multiplier = retryMultiplier
        settings.limits = RateLimits(
            concurrency: asyncMaxConcurrency, requestsPerMinute: requestsPerMinute, tokensPerMinute: tokensPerMinute,
            adaptive: adaptiveConcurrency)
        let sampling = generationParameters.wire
        settings.parameterLayers = sampling.isEmpty ? [] : [sampling]
        settings.extraBody = extraBody
        settings.extraHeaders = extraHeaders
        settings.toolChoice = toolChoice?.choice
        settings.streams = streaming
        settings.dropsUnsupportedParameters = dropParams
        settings.price = price ?? Self.price(in: modelInfo)
        settings.sendsEpisodeHeaders = sendEpisodeHeaders
        return settings
    }

    private static func price(in info: JSONObject) -> ModelPrice? {
        guard let input = info["input_cost_per_token"]?.doubleValue,
            let output = info["output_cost_per_token"]?.doubleValue, input >= 0, output >= 0
        else { return nil }
        let cached = info["cache_read_input_token_cost"]?.doubleValue.map { $0 * 1_000_000 }
        return ModelPrice(input: input * 1_000_000, output: output * 1_000_000, cachedInput: cached)
    }
}

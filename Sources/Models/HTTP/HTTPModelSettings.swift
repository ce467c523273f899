import Evaluation
import JSON

/// Everything that decides how an endpoint is called, whichever backend type it was written for.
struct HTTPModelSettings: Sendable {
    /// The model's name on the wire.
    var model: String
    /// Where the endpoint and its key are found when they are not given.
    var provider: KnownProvider
    /// The deployment that stands for the model, at providers with deployments; nil where it has the model's name.
    var deployment: String?
    /// The version of the interface as given.
    var apiVersion: String?
    /// The endpoint as given.
    var baseURL: String?
    /// The key as given.
    var apiKey: String?
    /// The key used when neither the configuration nor the environment has one.
    var fallbackAPIKey: String?
    /// Whether a missing key is an error.
    var requiresAPIKey = false
    /// The longest time for a whole reply, or for silence within a streamed one, in seconds.
    var timeout = 600.0
    /// How failed calls are repeated.
    var retries = RetryPolicy()
    /// How many calls and tokens are allowed.
    var limits = RateLimits()
    /// Sampling parameters, later layers winning.
    var parameterLayers: [JSONObject] = []
    /// Keys added to the request's body last.
    var extraBody: JSONObject = [:]
    /// Header fields added to the request.
    var extraHeaders: [String: String] = [:]
    /// The tool choice of requests that make none.
    var toolChoice: ToolChoice?
    /// Whether replies are streamed.
    var streams = false
    /// Whether parameters that the model is known to refuse are left out.
    var dropsUnsupportedParameters = false
    /// What tokens cost.
    var price: ModelPrice?
    /// Whether requests say which episode they serve; nil for loopback endpoints only.
    var sendsEpisodeHeaders: Bool?
    /// Whether replies keep the provider's own JSON.
    var keepsRawReplies = false

    init(model: String, provider: KnownProvider) {
        self.model = model
        self.provider = provider
    }
}

extension HTTPModelSettings: CustomReflectable, CustomStringConvertible {
    /// Only what is no secret, so that printing a model or a factory shows no key.
    var customMirror: Mirror { Mirror(self, children: ["model": model, "provider": provider.name]) }

    var description: String { "HTTPModelSettings(\(provider.name)/\(model))" }
}

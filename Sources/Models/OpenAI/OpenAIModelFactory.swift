import Evaluation
import Transport

/// Makes models of OpenAI-compatible endpoints, with retries inside and rate limits around them.
struct OpenAIModelFactory: ChatModelFactory {
    let settings: OpenAISettings
    let client: HTTPClient
    let clock: any ModelClock

    func makeModel(for backend: BackendIdentity) throws -> any ChatModel {
        let endpoint = try OpenAIEndpoint(settings, backend: backend)
        let model = OpenAIModel(settings, endpoint: endpoint, client: client, clock: clock)
        let limiter = settings.limits.isUnlimited ? nil : RateLimiter(settings.limits, clock: clock)
        let retrying = RetryingModel(model, policy: settings.retries, limiter: limiter, clock: clock)
        guard let limiter else { return retrying }
        return RateLimitedModel(retrying, limiter: limiter)
    }
}

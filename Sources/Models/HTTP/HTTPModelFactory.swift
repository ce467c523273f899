import Evaluation
import Transport

/// Makes models of HTTP endpoints, with retries inside and rate limits around them.
struct HTTPModelFactory: ChatModelFactory {
    let settings: HTTPModelSettings
    let client: HTTPClient
    let clock: any ModelClock

    func makeModel(for backend: BackendIdentity) throws -> any ChatModel {
        let endpoint = try ModelEndpoint(settings, backend: backend)
        let model = HTTPModel(settings, endpoint: endpoint, client: client, clock: clock)
        let limiter = settings.limits.isUnlimited ? nil : RateLimiter(settings.limits, clock: clock)
        let retrying = RetryingModel(model, policy: settings.retries, limiter: limiter, clock: clock)
        guard let limiter else { return retrying }
        return RateLimitedModel(retrying, limiter: limiter)
    }
}

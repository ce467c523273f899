import Evaluation
import Transport

/// Makes models of HTTP endpoints, each attempt paced, and repeated where that can help.
struct HTTPModelFactory: ChatModelFactory {
    let settings: HTTPModelSettings
    let client: HTTPClient
    let clock: any ModelClock

    func makeModel(for backend: BackendIdentity) throws -> any ChatModel {
        let endpoint = try ModelEndpoint(settings, backend: backend)
        let limiter = RateLimiter(settings.limits, clock: clock)
        let model = HTTPModel(settings, endpoint: endpoint, client: client, clock: clock, limiter: limiter)
        return RetryingModel(model, policy: settings.retries, limiter: limiter, clock: clock)
    }
}

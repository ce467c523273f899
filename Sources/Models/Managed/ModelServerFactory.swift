import Evaluation
import Transport

/// Makes models whose server is started with the run.
struct ModelServerFactory: ChatModelFactory {
    let parameters: VLLMServerParameters
    let client: HTTPClient
    let clock: any ModelClock

    func makeModel(for backend: BackendIdentity) throws -> any ChatModel {
        let server = ModelServer(
            parameters: parameters, backend: backend, connection: .init(client: client, clock: clock))
        backend.resources?.add(server)
        let settings = parameters.calls.settings
        let model = ServedModel(name: parameters.requestedName, server: server)
        let limiter = settings.limits.isUnlimited ? nil : RateLimiter(settings.limits, clock: clock)
        // Around the server, so that a call which a crash cut off is repeated on the one that is started next.
        let retrying = RetryingModel(model, policy: settings.retries, limiter: limiter, clock: clock)
        guard let limiter else { return retrying }
        return RateLimitedModel(retrying, limiter: limiter)
    }
}

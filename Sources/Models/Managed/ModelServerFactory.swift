import Evaluation
import Transport

/// Makes models whose server is started with the run.
struct ModelServerFactory: ChatModelFactory {
    let parameters: VLLMServerParameters
    let client: HTTPClient
    let clock: any ModelClock

    func makeModel(for backend: BackendIdentity) throws -> any ChatModel {
        let settings = parameters.calls.settings
        let limiter = RateLimiter(settings.limits, clock: clock)
        let server = ModelServer(
            parameters: parameters, backend: backend,
            connection: .init(client: client, clock: clock, limiter: limiter))
        backend.resources?.add(server)
        let model = ServedModel(name: parameters.requestedName, server: server)
        // Around the server, so that a call which a crash cut off is repeated on the one that is started next.
        return RetryingModel(model, policy: settings.retries, limiter: limiter, clock: clock)
    }
}

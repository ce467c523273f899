public import Evaluation
import Synchronization

/// What counts and paces the calls to the models of a run.
struct RunTraffic: Sendable {
    /// A backend's counter, and what lets its calls in.
    struct Backend: Sendable {
        var meter: TrafficMeter
        var limiter: RateLimiter?
    }

    /// When the session began, on the monotonic clock.
    var startedAt = 0.0
    /// The backends whose models were made, by id.
    var backends: [String: Backend] = [:]
}

extension RunModels {
    /// What the calls of this session came to so far, by the backends' ids in alphabetical order.
    ///
    /// Backends that nobody has asked for yet are left out.
    public func trafficOfBackends() -> [BackendTraffic] {
        let traffic = self.traffic.withLock { $0 }
        return traffic.backends.sorted { $0.key < $1.key }
            .map { $0.value.meter.traffic(of: $0.key, since: traffic.startedAt, now: clock.monotonicSeconds) }
    }

    /// Lets so many calls to a backend be made at a time from now on, and never more; calls under way go on.
    ///
    /// Throws ``EvaluationError`` (`configuration.invalid`) for a backend that does not exist, has no calls to pace, or
    /// cannot be made, and for a limit below 1.
    public func setConcurrency(backend id: String, limit: Int) throws {
        guard limit >= 1 else {
            throw EvaluationError(
                .configurationInvalid, "\(limit) calls at a time are none", cause: .configuration,
                advice: "the smallest limit is 1")
        }
        if traffic.withLock({ $0.backends[id] }) == nil { _ = try model(backend: id) }
        guard let limiter = traffic.withLock({ $0.backends[id]?.limiter }) else {
            throw EvaluationError(
                .configurationInvalid, "the calls to backend '\(id)' are not paced", cause: .configuration,
                advice: "only backends that call a server have a limit")
        }
        limiter.setConcurrency(limit)
    }

    func meter(_ model: any ChatModel, limiter: RateLimiter?, of id: String) -> any ChatModel {
        let backend = traffic.withLock { traffic in
            // A model by name that was asked for with several parameters is one backend with several models.
            let backend = traffic.backends[id] ?? .init(meter: limiter?.meter ?? TrafficMeter(), limiter: limiter)
            traffic.backends[id] = backend
            return backend
        }
        return MeteredModel(base: model, meter: backend.meter, isPaced: limiter != nil, clock: clock)
    }
}

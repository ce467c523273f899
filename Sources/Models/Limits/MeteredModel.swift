import Evaluation
import JSON

/// Counts what a model's answers used, and its calls where no rate limiter does.
///
/// The outermost decorator of a run's model, so that answers of a cache are seen too.
struct MeteredModel: ChatModel {
    let base: any ChatModel
    let meter: TrafficMeter
    /// Whether a rate limiter further inside counts the calls.
    let isPaced: Bool
    let clock: any ModelClock

    var name: String { base.name }

    func respond(to request: ChatRequest, in context: CallContext) async throws -> ChatResponse {
        let started = clock.monotonicSeconds
        do {
            let response = try await base.respond(to: request, in: context)
            count(response, seconds: clock.monotonicSeconds - started)
            return response
        } catch {
            if !isPaced { meter.admitted(afterSeconds: 0) }
            throw error
        }
    }

    private func count(_ response: ChatResponse, seconds: Double) {
        guard !response.isReplayed else { return meter.cached() }
        meter.used(response.usage, cost: response.cost)
        guard !isPaced else { return }
        meter.admitted(afterSeconds: 0)
        meter.answered(afterSeconds: seconds)
    }
}

extension MeteredModel: FingerprintedModel {
    var fingerprint: JSONValue { base.fingerprintOrName }
}

extension MeteredModel: ListedModel {
    func offeredNames() async throws -> [String]? { try await (base as? any ListedModel)?.offeredNames() }
}

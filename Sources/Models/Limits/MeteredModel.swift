import Evaluation
import JSON

/// Counts what a model is asked, where no rate limiter does.
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
            if response.isReplayed {
                meter.cached()
            } else if !isPaced {
                meter.admitted(afterSeconds: 0)
                meter.answered(afterSeconds: clock.monotonicSeconds - started)
            }
            return response
        } catch {
            if !isPaced { meter.admitted(afterSeconds: 0) }
            throw error
        }
    }
}

extension MeteredModel: FingerprintedModel {
    var fingerprint: JSONValue { base.fingerprintOrName }
}

extension MeteredModel: ListedModel {
    func offeredNames() async throws -> [String]? { try await (base as? any ListedModel)?.offeredNames() }
}

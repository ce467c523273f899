public import Evaluation
import Synchronization

/// A cassette that answers the models of a run in place of their servers.
///
/// The same call of the same attempt at the same episode gets the recorded outcome; a call that was made several times
/// over gets the recorded outcomes in their order, the last one again where there are no more.
public final class CassettePlayer: Sendable {
    /// What was asked of a cassette.
    public struct Tally: Sendable {
        /// Calls that it had.
        public var answered = 0
        /// Calls that it lacked.
        public var missed = 0
        /// What was said about the first of those.
        public var firstMiss: EvaluationError?

        /// Nothing yet.
        public init() {}
    }

    private struct Call: Hashable {
        var context: CallContext
        var digest: String
        var backend: String?
    }

    private struct State {
        var tally = Tally()
        /// How often each call was answered that was recorded more than once.
        var turns: [Call: Int] = [:]
    }

    private let cassette: Cassette
    /// Protects the counts.
    private let state = Mutex(State())

    /// Opens a cassette.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, naming the file and the line where it cannot be read.
    public init(path: String) throws { cassette = try Cassette(path: path) }

    /// What was asked so far.
    public var tally: Tally { state.withLock(\.tally) }

    /// The name of a backend's model, as it was recorded.
    func modelName(of backend: String) -> String? { cassette.modelNames[backend] }

    /// The outcome recorded for a request; of any backend where none is named.
    ///
    /// Throws the recorded error, or ``EvaluationError`` (`model.script_exhausted`) that says what the nearest recorded
    /// call differs in.
    func respond(to request: ChatRequest, in context: CallContext, backend: String?) throws -> ChatResponse {
        let digest = RequestFingerprint(request).digest
        let places = cassette.places(of: digest, in: context, backend: backend)
        guard let last = places.last else { throw miss(cassette.miss(request, in: context, backend: backend)) }
        var place = last
        if places.count > 1 {
            let turn = turn(Call(context: context, digest: digest, backend: backend))
            if turn < places.count { place = places[turn] }
        }
        switch try cassette.read(place).outcome {
        case .answered(let response):
            state.withLock { $0.tally.answered += 1 }
            return response
        case .failed(var error):
            state.withLock { $0.tally.answered += 1 }
            // An attempt that was not recorded would find the same.
            if place.attempt != context.attempt { error.retry = .never }
            throw error
        case .cutOff:
            throw miss(
                EvaluationError(
                    .scriptExhausted,
                    "call \(context.index) for '\(context.purpose)' of episode \(context.episode) was cut off before it "
                        + "was answered when the cassette was recorded", cause: .configuration,
                    advice: "record the run again with more time for an episode"))
        }
    }

    private func turn(_ call: Call) -> Int {
        state.withLock { state in
            let turn = state.turns[call] ?? 0
            state.turns[call] = turn + 1
            return turn
        }
    }

    private func miss(_ error: EvaluationError) -> EvaluationError {
        state.withLock { state in
            state.tally.missed += 1
            if state.tally.firstMiss == nil { state.tally.firstMiss = error }
        }
        return error
    }
}

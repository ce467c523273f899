public import Evaluation
public import JSON

/// Writes every call and its outcome to a cassette, for a `replay` backend to answer from.
///
/// The outermost decorator: what is recorded is what the caller got, cached or not. A failure is recorded too, so
/// that a replay takes the same course; a cancelled call is not. Neither keys nor prompts are written, only the
/// requests' digests.
public struct RecordingModel: ChatModel {
    private let base: any ChatModel
    private let cassette: CassetteWriter

    /// Wraps a model; the models of a run share a cassette.
    public init(_ base: any ChatModel, cassette: CassetteWriter) {
        self.base = base
        self.cassette = cassette
    }

    /// The wrapped model's name.
    public var name: String { base.name }

    /// Asks, records, and gives the answer on.
    public func respond(to request: ChatRequest, in context: CallContext) async throws -> ChatResponse {
        do {
            let response = try await base.respond(to: request, in: context)
            try cassette.append(CassetteEntry(request, context, model: name, outcome: .success(response)))
            return response
        } catch let error as EvaluationError where error.code != .storageFailed {
            try cassette.append(CassetteEntry(request, context, model: name, outcome: .failure(error)))
            throw error
        }
    }
}

extension RecordingModel: FingerprintedModel {
    /// The wrapped model's.
    public var fingerprint: JSONValue { base.fingerprintOrName }
}

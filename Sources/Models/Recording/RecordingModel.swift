public import Evaluation
public import JSON

/// Writes every call and its outcome to a cassette, to be answered from later.
///
/// The outermost decorator: what is recorded is what the caller got, cached or not. A failure is recorded too, so that
/// a replay takes the same course; of a cancelled call it is recorded that it was cut off. Neither keys nor prompts are
/// written, only the requests' digests, and a secret in a reply is replaced before the caller sees it.
public struct RecordingModel: ChatModel {
    private let base: any ChatModel
    private let cassette: CassetteWriter
    private let backend: String

    /// Wraps a model; the models of a run share a cassette, which tells them apart by their backends.
    public init(_ base: any ChatModel, cassette: CassetteWriter, backend: String = "") {
        self.base = base
        self.cassette = cassette
        self.backend = backend
    }

    /// The wrapped model's name.
    public var name: String { base.name }

    /// Asks, records, and gives the answer on.
    public func respond(to request: ChatRequest, in context: CallContext) async throws -> ChatResponse {
        let outcome: CassetteEntry.Outcome
        do {
            outcome = .answered(try clean(try await base.respond(to: request, in: context)))
        } catch let error as EvaluationError {
            outcome = .failed(try clean(error))
        } catch is CancellationError {
            outcome = .cutOff
        } catch {
            outcome = .failed(
                try clean(
                    EvaluationError(
                        .unexpected, "an unexpected error reached the engine", cause: .gage, underlying: error)))
        }
        try cassette.append(CassetteEntry(request, context, backend: backend, model: name, outcome: outcome))
        switch outcome {
        case .answered(let response): return response
        case .failed(let error): throw error
        case .cutOff: throw CancellationError()
        }
    }

    private func clean(_ response: ChatResponse) throws -> ChatResponse {
        let recorded = response.recorded
        let redacted = cassette.redactor.redact(recorded)
        return redacted == recorded ? response : try ChatResponse(recorded: redacted)
    }

    private func clean(_ error: EvaluationError) throws -> EvaluationError {
        EvaluationError(json: cassette.redactor.redact(error.json)) ?? error
    }
}

extension RecordingModel: FingerprintedModel {
    /// The wrapped model's.
    public var fingerprint: JSONValue { base.fingerprintOrName }
}

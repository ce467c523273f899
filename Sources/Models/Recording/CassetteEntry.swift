import Evaluation
import JSON

/// One recorded call: a line of a cassette.
struct CassetteEntry: Sendable {
    /// What came of a recorded call.
    enum Outcome: Sendable {
        case answered(ChatResponse)
        case failed(EvaluationError)
        /// It was cancelled before it was answered: a time limit, or the end of the run.
        case cutOff
    }

    var context: CallContext
    var backend: String
    var model: String
    var digest: String
    var fingerprint: RequestFingerprint
    var outcome: Outcome

    init(_ request: ChatRequest, _ context: CallContext, backend: String, model: String, outcome: Outcome) {
        self.context = context
        self.backend = backend
        self.model = model
        fingerprint = RequestFingerprint(request)
        digest = fingerprint.digest
        self.outcome = outcome
    }

    /// Reads a line.
    ///
    /// Throws ``EvaluationError`` (`data.malformed`) for what is none.
    init(json: JSONValue) throws(EvaluationError) {
        guard let episode = json["episode"], let task = episode["task"]?.stringValue,
            let sample = episode["sample"]?.stringValue, let trial = episode["trial"]?.intValue,
            let purpose = json["purpose"]?.stringValue, let index = json["index"]?.intValue,
            let digest = json["digest"]?.stringValue, let request = json["request"],
            let fingerprint = RequestFingerprint(json: request)
        else {
            throw EvaluationError(.dataMalformed, "this is no recorded call", cause: .configuration)
        }
        context = CallContext(
            episode: EpisodeID(task: task, sample: sample, trial: trial), purpose: purpose, index: index)
        context.attempt = json["attempt"]?.intValue ?? 0
        backend = json["backend"]?.stringValue ?? ""
        model = json["model"]?.stringValue ?? ""
        self.digest = digest
        self.fingerprint = fingerprint
        outcome = try Self.outcome(json)
    }

    private static func outcome(_ json: JSONValue) throws(EvaluationError) -> Outcome {
        if let response = json["response"] { return .answered(try ChatResponse(recorded: response)) }
        if json["cut_off"]?.boolValue == true { return .cutOff }
        guard let error = json["error"] else {
            throw EvaluationError(.dataMalformed, "the recorded call has no outcome", cause: .configuration)
        }
        guard let failure = EvaluationError(json: error) else {
            throw EvaluationError(.dataMalformed, "this is no recorded error", cause: .configuration)
        }
        return .failed(failure)
    }

    var json: JSONObject {
        let episode = context.episode
        var object: JSONObject = [
            "episode": [
                "task": .string(episode.task), "sample": .string(episode.sample), "trial": JSONValue(episode.trial),
            ]
        ]
        if context.attempt > 0 { object["attempt"] = JSONValue(context.attempt) }
        object["purpose"] = .string(context.purpose)
        object["index"] = JSONValue(context.index)
        object["backend"] = .string(backend)
        object["model"] = .string(model)
        object["digest"] = .string(digest)
        object["request"] = fingerprint.json
        switch outcome {
        case .answered(let response): object["response"] = response.recorded
        case .failed(let error): object["error"] = error.json
        case .cutOff: object["cut_off"] = true
        }
        return object
    }
}

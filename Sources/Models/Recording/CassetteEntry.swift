import Evaluation
import JSON

/// One recorded call: a line of a cassette.
struct CassetteEntry: Sendable {
    var context: CallContext
    var model: String
    var digest: String
    var fingerprint: RequestFingerprint
    var outcome: Result<ChatResponse, EvaluationError>

    init(
        _ request: ChatRequest, _ context: CallContext, model: String, outcome: Result<ChatResponse, EvaluationError>
    ) {
        self.context = context
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
        model = json["model"]?.stringValue ?? ""
        self.digest = digest
        self.fingerprint = fingerprint
        if let response = json["response"] {
            outcome = .success(try ChatResponse(recorded: response))
        } else if let error = json["error"] {
            guard var failure = EvaluationError(json: error) else {
                throw EvaluationError(.dataMalformed, "this is no recorded error", cause: .configuration)
            }
            // The cassette will say the same however often it is asked.
            failure.retry = .never
            outcome = .failure(failure)
        } else {
            throw EvaluationError(.dataMalformed, "the recorded call has no outcome", cause: .configuration)
        }
    }

    var json: JSONValue {
        let episode = context.episode
        var object: JSONObject = [
            "episode": [
                "task": .string(episode.task), "sample": .string(episode.sample), "trial": JSONValue(episode.trial),
            ],
            "purpose": .string(context.purpose), "index": JSONValue(context.index), "model": .string(model),
            "digest": .string(digest), "request": fingerprint.json,
        ]
        switch outcome {
        case .success(let response): object["response"] = response.recorded
        case .failure(let error): object["error"] = error.json
        }
        return .object(object)
    }
}

extension ChatResponse {
    /// The response as cassettes and caches hold it, without the provider's raw JSON.
    var recorded: JSONValue {
        var object: JSONObject = [
            "message": message.json, "finish_reason": .string(finishReason.name), "model": .string(model),
            "duration": JSONValue(duration), "attempts": JSONValue(attempts),
        ]
        if let usage { object["usage"] = usage.json }
        if let cost { object["cost"] = JSONValue(cost) }
        return .object(object)
    }

    /// Reads what ``recorded`` writes.
    ///
    /// Throws ``EvaluationError`` (`data.malformed`) otherwise.
    init(recorded json: JSONValue) throws(EvaluationError) {
        guard let message = json["message"], let model = json["model"]?.stringValue else {
            throw EvaluationError(.dataMalformed, "this is no recorded response", cause: .configuration)
        }
        self.init(
            message: try Message(json: message), finishReason: FinishReason(name: json["finish_reason"]?.stringValue),
            model: model, usage: json["usage"].map(Usage.init(json:)), cost: json["cost"]?.doubleValue)
        duration = json["duration"]?.doubleValue ?? 0
        attempts = json["attempts"]?.intValue ?? 1
        isReplayed = true
    }
}

extension ChatResponse.FinishReason {
    /// The reason of this name; unknown for any other.
    init(name: String?) {
        let known: [Self] = [.stop, .length, .toolCalls, .contentFilter]
        self = known.first { $0.name == name } ?? .unknown
    }
}

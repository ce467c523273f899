public import Evaluation
public import JSON

extension ChatResponse {
    /// The response as cassettes and caches hold it, without the provider's raw JSON.
    public var recorded: JSONValue {
        var object: JSONObject = [
            "message": message.json, "finish_reason": .string(finishReason.name), "model": .string(model),
            "duration": JSONValue(duration), "attempts": JSONValue(attempts),
        ]
        if let usage { object["usage"] = usage.json }
        if let cost { object["cost"] = JSONValue(cost) }
        if isReplayed { object["replayed"] = true }
        return .object(object)
    }

    /// Reads what ``recorded`` writes.
    ///
    /// Throws ``EvaluationError`` (`data.malformed`) otherwise.
    public init(recorded json: JSONValue) throws(EvaluationError) {
        guard let message = json["message"], let model = json["model"]?.stringValue else {
            throw EvaluationError(.dataMalformed, "this is no recorded response", cause: .configuration)
        }
        self.init(
            message: try Message(json: message), finishReason: FinishReason(name: json["finish_reason"]?.stringValue),
            model: model, usage: json["usage"].map(Usage.init(json:)), cost: json["cost"]?.doubleValue)
        duration = json["duration"]?.doubleValue ?? 0
        attempts = json["attempts"]?.intValue ?? 1
        isReplayed = json["replayed"]?.boolValue ?? false
    }
}

extension ChatResponse.FinishReason {
    /// The reason of this name; unknown for any other.
    init(name: String?) {
        let known: [Self] = [.stop, .length, .toolCalls, .contentFilter]
        self = known.first { $0.name == name } ?? .unknown
    }
}

extension SecretRedactor {
    /// A value with every secret in its texts and keys replaced.
    func redact(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): return .string(redact(text))
        case .array(let items): return .array(items.map { redact($0) })
        case .object(let members):
            var object: JSONObject = [:]
            for (key, member) in members { object[redact(key)] = redact(member) }
            return .object(object)
        default: return value
        }
    }
}

import Evaluation
import JSON

/// Puts Gemini's pieces, each a reply of its own, together to one reply.
///
/// Gemini does not say that a stream is over: one that has given a reason for stopping is complete.
struct GeminiStreamAssembler: StreamAssembler {
    private var rest: JSONObject = [:]
    private var candidate: JSONObject?
    private var parts: [JSONValue] = []

    let isDone = false

    mutating func consume(_ data: String, redactor: SecretRedactor) throws(EvaluationError) {
        let piece = try object(in: data, redactor: redactor)
        for (key, value) in piece where key != "candidates" { rest[key] = value }
        guard let next = piece["candidates"]?.arrayValue?.first?.objectValue else { return }
        parts += next["content"]?["parts"]?.arrayValue ?? []
        candidate = (candidate ?? [:]).merging(next)
    }

    func completion() throws(EvaluationError) -> JSONValue {
        guard candidate?["finishReason"] != nil || rest["promptFeedback"]?["blockReason"] != nil else {
            throw malformed("the stream ended before the reply was complete")
        }
        var reply = rest
        if var candidate {
            candidate["content"] = ["role": "model", "parts": .array(parts)]
            reply["candidates"] = [.object(candidate)]
        }
        return .object(reply)
    }
}

import Evaluation
import JSON

/// Waits for the event that ends a stream of OpenAI's responses protocol: it brings the whole response.
struct OpenAIResponsesAssembler: StreamAssembler {
    private static let lastEvents: Set<String> = ["response.completed", "response.incomplete", "response.failed"]

    private var response: JSONValue?

    var isDone: Bool { response != nil }

    mutating func consume(_ data: String, redactor: SecretRedactor) throws(EvaluationError) {
        // Other servers end as chat completions do.
        guard data != "[DONE]" else { return }
        let event = try object(in: data, redactor: redactor)
        guard let type = event["type"]?.stringValue else { return }
        if type == "error" { throw ProviderFailure(redactor: redactor).errorInside(.object(event)) }
        if Self.lastEvents.contains(type) { response = event["response"] }
    }

    func completion() throws(EvaluationError) -> JSONValue {
        guard let response else { throw malformed("the stream ended before the reply was complete") }
        return response
    }
}

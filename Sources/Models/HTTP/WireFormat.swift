import Evaluation
import JSON

/// How one kind of endpoint writes requests and reads replies.
protocol WireFormat: Sendable {
    /// The body of a request, without the keys that the configuration adds.
    ///
    /// Throws ``EvaluationError`` for a message that the provider has no form for.
    func body(for request: ChatRequest) throws(EvaluationError) -> JSONObject

    /// What a reply says.
    ///
    /// Throws ``EvaluationError`` for a reply that is not of the protocol.
    func parts(of reply: JSONObject, _ reader: ReplyReader) throws(EvaluationError) -> ReplyParts

    /// Puts a streamed reply together.
    func makeAssembler() -> any StreamAssembler
}

/// Puts the pieces of a streamed reply together to the reply that would have come in one go.
protocol StreamAssembler {
    /// Whether the stream has said that nothing follows.
    var isDone: Bool { get }

    /// Takes the data of one server-sent event.
    ///
    /// Throws ``EvaluationError`` for data that is none of a reply, and for a failure that the provider reports.
    mutating func consume(_ data: String, redactor: SecretRedactor) throws(EvaluationError)

    /// The reply.
    ///
    /// Throws ``EvaluationError`` (`provider.malformed_reply`) when the stream broke off.
    func completion() throws(EvaluationError) -> JSONValue
}

extension StreamAssembler {
    /// The object that an event's data holds; throws what the event reports as an error.
    func object(in data: String, redactor: SecretRedactor) throws(EvaluationError) -> JSONObject {
        let value: JSONValue
        do {
            value = try JSONValue.parse(data)
        } catch {
            throw malformed("a piece of the stream is not JSON (\(error))")
        }
        if let error = value["error"], !error.isNull { throw ProviderFailure(redactor: redactor).errorInside(error) }
        guard case .object(let object) = value else {
            throw malformed("a piece of the stream is \(value.typeName), not an object")
        }
        return object
    }

    /// The error for a stream that is not of the protocol.
    func malformed(_ message: String) -> EvaluationError {
        EvaluationError(.providerMalformedReply, message, cause: .provider, retry: .worthwhile)
    }
}

import Evaluation
import JSON
import Testing

/// A failure as a provider words it.
struct RecordedFailure: Sendable {
    var status: Int
    var body: String
}

/// One wire format: how it is configured, and exchanges written after its public reference.
///
/// Every format tells the same two stories: a plain answer, and two calls of a tool at once after some thought.
struct RecordedWire: Sendable, CustomTestStringConvertible {
    var type: String
    var config: JSONObject = ["model": "m"]
    /// The path and query of a request, plain and streamed.
    var target: String
    var streamTarget: String
    /// The header field that shows the key `key-12345678`.
    var keyHeader: (name: String, value: String)
    var plain: String
    var plainStream: String
    var calls: String
    var callsStream: String
    /// The conversation as it is sent after the calls were answered: a part of the body by key.
    var followUp: JSONObject
    var usage: Usage
    var reasoning: String?
    var unauthorized: RecordedFailure
    var tooLong: RecordedFailure
    var overloaded: RecordedFailure
    /// A reply that a filter withheld, with its status.
    var filtered: RecordedFailure
    /// A reply whose tool call cannot be read.
    var malformedCall: String

    var testDescription: String { type }

    static let all = [anthropic, gemini, azure, responses, chat]

    static func events(_ datas: String...) -> String {
        datas.map { "data: \($0)\n\n" }.joined()
    }
}

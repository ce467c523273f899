import Evaluation
import JSON
import Models

/// A protocol that the mock server answers in.
protocol MockWire: Sendable {
    /// The request as a body of chat completions, which is what brains are asked in.
    ///
    /// Throws ``EvaluationError`` that says what is wrong with it.
    func chatBody(of body: JSONObject) throws(EvaluationError) -> JSONObject

    /// The reply in one go.
    func whole(_ answer: MockAnswer) -> JSONValue

    /// The reply as server-sent events.
    func events(_ answer: MockAnswer) -> [MockEvent]

    /// What stands for a reply in which nothing is said.
    var nothing: JSONValue { get }

    /// A failure.
    func failure(_ failure: MockReply.Failure) -> JSONValue

    /// The header fields that say what is left of a rate; none where the protocol has none.
    func fields(of allowance: MockAllowance) -> [(String, String)]

    /// The event after the last one, where the protocol has one.
    var farewell: MockEvent? { get }
}

extension MockWire {
    var farewell: MockEvent? { nil }

    /// As OpenAI says it.
    func fields(of allowance: MockAllowance) -> [(String, String)] {
        [
            ("x-ratelimit-limit-requests", "\(allowance.limit)"),
            ("x-ratelimit-remaining-requests", "\(allowance.remaining)"),
            ("x-ratelimit-reset-requests", "\(Int((allowance.resetSeconds * 1000).rounded(.up)))ms"),
        ]
    }

    /// The error for a body that is not of the protocol.
    func malformed(_ message: String) -> EvaluationError {
        EvaluationError(.dataMalformed, message, cause: .task)
    }
}

/// A server-sent event.
struct MockEvent: Sendable {
    /// Its kind, in protocols that name it beside the data.
    var name: String?
    var data: String

    init(_ value: JSONValue, name: String? = nil) {
        self.name = name
        data = value.text()
    }

    init(data: String) { self.data = data }

    var lines: String { (name.map { "event: \($0)\n" } ?? "") + "data: \(data)\n\n" }
}

/// A brain's reply, and what all protocols need to know to write it down.
struct MockAnswer: Sendable {
    private static let pieceLength = 24

    let number: Int
    let request: MockRequest
    let reply: MockReply
    /// Whether the arguments of the tool calls are broken off.
    var breaksArguments = false

    /// Whether there are arguments that could be broken off.
    var callsTools: Bool { !reply.toolCalls.isEmpty }

    var calls: [ToolCall] { reply.identifiedToolCalls(in: request) }

    /// The finish reason in OpenAI's word.
    var finishReason: String { reply.finishReason ?? (callsTools ? "tool_calls" : "stop") }

    var usage: Usage { reply.usage(answering: request) }

    /// Whether a stream has to say what was used.
    var tellsUsageInStream: Bool {
        request.parameters["stream_options"]?["include_usage"]?.boolValue == true
    }

    func argumentsText(of call: ToolCall) -> String {
        let text = JSONValue.object(call.arguments).text()
        return breaksArguments ? String(text.dropLast(max(1, text.count / 2))) : text
    }

    /// The arguments as protocols have them that write an object: half a text in its place where they are broken off.
    func argumentsValue(of call: ToolCall) -> JSONValue {
        breaksArguments ? .string(argumentsText(of: call)) : .object(call.arguments)
    }

    static func pieces(of text: String) -> [String] {
        var pieces: [String] = []
        var rest = text[...]
        while !rest.isEmpty {
            pieces.append(String(rest.prefix(pieceLength)))
            rest = rest.dropFirst(pieceLength)
        }
        return pieces
    }
}

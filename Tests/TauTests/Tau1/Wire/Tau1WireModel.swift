import Evaluation
import JSON
import Synchronization

@testable import Tau

/// Answers exactly the requests that an official run has made, each as often as it was made.
final class Tau1WireModel: ChatModel {
    let name = "gpt-4o"

    private struct Exchange {
        var request: JSONValue
        var key: String
        var status: Int
        var reply: JSONValue
        var isUsed = false
    }

    private struct Recording {
        var exchanges: [Exchange]
        var strangers: [String] = []
    }

    /// Protects what was asked already.
    private let recording: Mutex<Recording>

    init(_ wire: Tau1WireCase) {
        recording = Mutex(
            Recording(
                exchanges: wire.exchanges.map { exchange in
                    let request = Self.essence(of: exchange["request"] ?? .null)
                    return Exchange(
                        request: request, key: request.text(.canonical), status: exchange["status"]?.intValue ?? 0,
                        reply: exchange["reply"] ?? .null)
                }))
    }

    /// Requests that the official run has not made.
    var strangers: [String] { recording.withLock { $0.strangers } }

    /// Requests of the official run that nobody has made.
    var unmade: [String] {
        recording.withLock { $0.exchanges.filter { !$0.isUsed }.map { String($0.key.suffix(300)) } }
    }

    func respond(to request: ChatRequest, in context: CallContext) async throws -> ChatResponse {
        let own = Self.essence(of: request)
        let key = own.text(.canonical)
        let exchange = try recording.withLock { recording -> Exchange in
            guard let place = recording.exchanges.firstIndex(where: { !$0.isUsed && $0.key == key }) else {
                recording.strangers.append(Self.difference(own, recording.exchanges))
                throw EvaluationError(.scriptExhausted, "no such official request", cause: .gage)
            }
            recording.exchanges[place].isUsed = true
            return recording.exchanges[place]
        }
        guard exchange.status == 200 else {
            throw EvaluationError(.providerBadRequest, exchange.reply.text(), cause: .provider)
        }
        return try Self.response(exchange.reply)
    }

    /// The reply, refused where a real client refuses it.
    private static func response(_ reply: JSONValue) throws -> ChatResponse {
        let message = try Message(json: reply["choices"]?[0]?["message"] ?? .null)
        guard message.hasText || !message.toolCalls.isEmpty else {
            throw EvaluationError(.modelEmptyReply, "the reply is empty", cause: .model)
        }
        let usage = Usage(
            inputTokens: reply["usage"]?["prompt_tokens"]?.intValue,
            outputTokens: reply["usage"]?["completion_tokens"]?.intValue)
        // The price of gpt-4o at the time of the recording, in dollars a token.
        let cost = Double(usage.inputTokens ?? 0) * 2.5e-6 + Double(usage.outputTokens ?? 0) * 1e-5
        return ChatResponse(message: message, finishReason: .stop, model: "gpt-4o", usage: usage, cost: cost)
    }

    // MARK: What counts in a request

    private static func essence(of request: ChatRequest) -> JSONValue {
        var body: JSONObject = ["messages": .array(request.messages.map(\.json))]
        if !request.tools.isEmpty { body["tools"] = .array(request.tools.map(\.json)) }
        if let choice = request.toolChoice { body["tool_choice"] = .string("\(choice)") }
        body.merge(request.parameters)
        return essence(of: .object(body))
    }

    /// A request without what a client library adds, its calls' arguments as values.
    private static func essence(of request: JSONValue) -> JSONValue {
        var body = request.objectValue ?? [:]
        body["model"] = nil
        body["messages"] = .array((body["messages"]?.arrayValue ?? []).map(Tau1WireMessage.essence))
        return .object(body)
    }

    private static func difference(_ own: JSONValue, _ exchanges: [Exchange]) -> String {
        let count = own["messages"]?.arrayValue?.count
        let near = exchanges.first {
            !$0.isUsed && $0.request["messages"]?.arrayValue?.count == count
                && ($0.request["temperature"] == nil) == (own["temperature"] == nil)
        }
        guard let near else { return "nothing like \(own.text().suffix(500))" }
        return near.request.differences(to: own).prefix(3).map { String($0.description.prefix(1500)) }
            .joined(separator: "\n")
    }
}

/// Messages without what a client library adds.
enum Tau1WireMessage {
    static func essence(_ message: JSONValue) -> JSONValue {
        var essence: JSONObject = [:]
        for key in ["role", "content", "tool_call_id", "name"] {
            if let value = message[key], !value.isNull { essence[key] = value }
        }
        if let calls = message["tool_calls"]?.arrayValue, !calls.isEmpty {
            essence["tool_calls"] = .array(calls.map(call))
        }
        return .object(essence)
    }

    private static func call(_ call: JSONValue) -> JSONValue {
        var arguments = call["function"]?["arguments"] ?? .null
        // Arguments that are not JSON stay text.
        if let text = arguments.stringValue, let value = try? JSONValue.parse(text) { arguments = value }
        return ["id": call["id"] ?? .null, "name": call["function"]?["name"] ?? .null, "arguments": arguments]
    }
}

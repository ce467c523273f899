import Evaluation
import JSON

/// Puts the pieces of a streamed completion together to the completion that would have come in one go.
///
/// Only the first choice is read. A stream is complete when it has named a finish reason or said `[DONE]`; one that
/// ends before is truncated.
struct OpenAIStreamAssembler: StreamAssembler {
    private var text = ""
    private var refusal = ""
    private var reasoning = ""
    private var calls: [Int: PartialCall] = [:]
    private var finishReason: String?
    private var usage: JSONValue?
    private var model: String?
    private var hasChoice = false
    private(set) var isDone = false

    private struct PartialCall {
        var id = ""
        var name = ""
        var arguments = ""
        var whole: JSONValue?
    }

    /// Takes the data of one server-sent event.
    ///
    /// Throws ``EvaluationError`` for data that is none of a completion.
    mutating func consume(_ data: String, redactor: SecretRedactor) throws(EvaluationError) {
        guard data != "[DONE]" else {
            isDone = true
            return
        }
        let chunk = try object(in: data, redactor: redactor)
        if let usage = chunk["usage"], !usage.isNull { self.usage = usage }
        if model == nil { model = chunk["model"]?.stringValue }
        for choice in chunk["choices"]?.arrayValue ?? [] where (choice["index"]?.intValue ?? 0) == 0 {
            hasChoice = true
            if let error = choice["error"], !error.isNull {
                throw ProviderFailure(redactor: redactor).errorInside(error)
            }
            if let reason = choice["finish_reason"]?.stringValue { finishReason = reason }
            if let delta = choice["delta"] ?? choice["message"] { try take(delta) }
        }
    }

    /// The completion.
    ///
    /// Throws ``EvaluationError`` (`provider.malformed_reply`) when the stream broke off.
    func completion() throws(EvaluationError) -> JSONValue {
        guard isDone || finishReason != nil else { throw malformed("the stream ended before the reply was complete") }
        guard hasChoice else { throw malformed("the stream's 'choices' are empty") }
        var message: JSONObject = ["role": "assistant", "content": text.isEmpty ? .null : .string(text)]
        if !refusal.isEmpty { message["refusal"] = .string(refusal) }
        if !reasoning.isEmpty { message["reasoning_content"] = .string(reasoning) }
        if !calls.isEmpty {
            message["tool_calls"] = .array(calls.sorted { $0.key < $1.key }.map { Self.json(of: $0.value) })
        }
        var completion: JSONObject = [
            "choices": [
                [
                    "index": 0, "message": .object(message),
                    "finish_reason": finishReason.map { .string($0) } ?? .null,
                ]
            ]
        ]
        if let model { completion["model"] = .string(model) }
        if let usage { completion["usage"] = usage }
        return .object(completion)
    }

    private mutating func take(_ delta: JSONValue) throws(EvaluationError) {
        if let piece = delta["content"]?.stringValue { text += piece }
        if let piece = delta["refusal"]?.stringValue { refusal += piece }
        if let piece = (delta["reasoning_content"] ?? delta["reasoning"])?.stringValue { reasoning += piece }
        for (position, piece) in (delta["tool_calls"]?.arrayValue ?? []).enumerated() {
            let index = piece["index"]?.intValue ?? position
            guard (0..<ToolCallReader.maximumCount).contains(index) else {
                throw malformed("the stream has a tool call of number \(index)")
            }
            var call = calls[index] ?? PartialCall()
            if call.id.isEmpty, let id = piece["id"]?.stringValue { call.id = id }
            if let name = piece["function"]?["name"]?.stringValue { call.name += name }
            switch piece["function"]?["arguments"] {
            case .string(let text)?: call.arguments += text
            case let whole?: call.whole = whole
            case nil: break
            }
            calls[index] = call
        }
    }

    private static func json(of call: PartialCall) -> JSONValue {
        let arguments = call.arguments.isEmpty ? call.whole ?? "" : .string(call.arguments)
        return [
            "id": .string(call.id), "type": "function",
            "function": ["name": .string(call.name), "arguments": arguments],
        ]
    }
}

import Evaluation
import JSON
import Models

/// A brain's reply written as a chat completion, whole or in pieces.
struct MockCompletion {
    private static let pieceLength = 24

    let number: Int
    let request: MockRequest
    let reply: MockReply
    /// Whether the arguments of the tool calls are broken off.
    var breaksArguments = false

    /// Whether there are arguments that could be broken off.
    var callsTools: Bool { !reply.toolCalls.isEmpty }

    /// The completion in one go.
    var json: JSONValue {
        var message: JSONObject = ["role": "assistant", "content": reply.text.map { .string($0) } ?? .null]
        if let reasoning = reply.reasoning { message["reasoning_content"] = .string(reasoning) }
        let calls = reply.identifiedToolCalls(in: request)
        if !calls.isEmpty { message["tool_calls"] = .array(calls.map { call($0, arguments: arguments(of: $0)) }) }
        var object = head("chat.completion")
        object["choices"] = [["index": 0, "message": .object(message), "finish_reason": finishReason]]
        object["usage"] = usage
        return .object(object)
    }

    /// The completion as the data of server-sent events, `[DONE]` not included.
    func chunks(withUsage: Bool) -> [JSONValue] {
        var chunks = [chunk(["role": "assistant", "content": ""])]
        for piece in pieces(of: reply.reasoning ?? "") { chunks.append(chunk(["reasoning_content": .string(piece)])) }
        for piece in pieces(of: reply.text ?? "") { chunks.append(chunk(["content": .string(piece)])) }
        for (index, call) in reply.identifiedToolCalls(in: request).enumerated() {
            var first = self.call(call, arguments: "")
            first["index"] = JSONValue(index)
            chunks.append(chunk(["tool_calls": [first]]))
            for piece in pieces(of: arguments(of: call)) {
                let part: JSONValue = ["index": JSONValue(index), "function": ["arguments": .string(piece)]]
                chunks.append(chunk(["tool_calls": [part]]))
            }
        }
        chunks.append(chunk([:], finishReason: finishReason))
        if withUsage {
            var last = head("chat.completion.chunk")
            last["choices"] = []
            last["usage"] = usage
            chunks.append(.object(last))
        }
        return chunks
    }

    private func head(_ kind: String) -> JSONObject {
        // A fixed time: the same request gets the same bytes.
        [
            "id": .string("chatcmpl-mock-\(number)"), "object": .string(kind), "created": 0,
            "model": .string(request.model),
        ]
    }

    private func chunk(_ delta: JSONObject, finishReason: JSONValue = .null) -> JSONValue {
        var object = head("chat.completion.chunk")
        object["choices"] = [["index": 0, "delta": .object(delta), "finish_reason": finishReason]]
        return .object(object)
    }

    private func call(_ call: ToolCall, arguments: String) -> JSONValue {
        [
            "id": .string(call.id), "type": "function",
            "function": ["name": .string(call.name), "arguments": .string(arguments)],
        ]
    }

    private func arguments(of call: ToolCall) -> String {
        let text = JSONValue.object(call.arguments).text()
        return breaksArguments ? String(text.dropLast(max(1, text.count / 2))) : text
    }

    private var finishReason: JSONValue {
        .string(reply.finishReason ?? (callsTools ? "tool_calls" : "stop"))
    }

    private var usage: JSONValue {
        let usage = reply.usage(answering: request)
        let (input, output) = (usage.inputTokens ?? 0, usage.outputTokens ?? 0)
        return [
            "prompt_tokens": JSONValue(input), "completion_tokens": JSONValue(output),
            "total_tokens": JSONValue(input + output),
            "prompt_tokens_details": ["cached_tokens": JSONValue(usage.cachedInputTokens ?? 0)],
            "completion_tokens_details": ["reasoning_tokens": JSONValue(usage.reasoningTokens ?? 0)],
        ]
    }

    private func pieces(of text: String) -> [String] {
        var pieces: [String] = []
        var rest = text[...]
        while !rest.isEmpty {
            pieces.append(String(rest.prefix(Self.pieceLength)))
            rest = rest.dropFirst(Self.pieceLength)
        }
        return pieces
    }
}

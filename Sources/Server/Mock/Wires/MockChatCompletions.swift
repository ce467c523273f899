import Evaluation
import JSON
import Models

/// OpenAI's chat completions.
struct MockChatCompletions: MockWire {
    /// Whether streams end with `[DONE]`; some servers' do not.
    var sendsDone = true

    var nothing: JSONValue { ["choices": []] }

    var farewell: MockEvent? { sendsDone ? MockEvent(data: "[DONE]") : nil }

    func chatBody(of body: JSONObject) throws(EvaluationError) -> JSONObject { body }

    func whole(_ answer: MockAnswer) -> JSONValue {
        let reply = answer.reply
        var message: JSONObject = ["role": "assistant", "content": reply.text.map { .string($0) } ?? .null]
        if let reasoning = reply.reasoning { message["reasoning_content"] = .string(reasoning) }
        if answer.callsTools {
            message["tool_calls"] = .array(answer.calls.map { call($0, arguments: answer.argumentsText(of: $0)) })
        }
        var object = head("chat.completion", answer)
        object["choices"] = [
            ["index": 0, "message": .object(message), "finish_reason": .string(answer.finishReason)]
        ]
        object["usage"] = usage(answer)
        return .object(object)
    }

    func events(_ answer: MockAnswer) -> [MockEvent] {
        var chunks = [chunk(["role": "assistant", "content": ""], answer)]
        for piece in MockAnswer.pieces(of: answer.reply.reasoning ?? "") {
            chunks.append(chunk(["reasoning_content": .string(piece)], answer))
        }
        for piece in MockAnswer.pieces(of: answer.reply.text ?? "") {
            chunks.append(chunk(["content": .string(piece)], answer))
        }
        for (index, call) in answer.calls.enumerated() {
            var first = self.call(call, arguments: "")
            first["index"] = JSONValue(index)
            chunks.append(chunk(["tool_calls": [first]], answer))
            for piece in MockAnswer.pieces(of: answer.argumentsText(of: call)) {
                let part: JSONValue = ["index": JSONValue(index), "function": ["arguments": .string(piece)]]
                chunks.append(chunk(["tool_calls": [part]], answer))
            }
        }
        chunks.append(chunk([:], answer, finishReason: .string(answer.finishReason)))
        if answer.tellsUsageInStream {
            var last = head("chat.completion.chunk", answer)
            last["choices"] = []
            last["usage"] = usage(answer)
            chunks.append(.object(last))
        }
        return chunks.map { MockEvent($0) }
    }

    func failure(_ failure: MockReply.Failure) -> JSONValue {
        var error: JSONObject = ["message": .string(failure.message), "type": "mock_error"]
        if let code = failure.code { error["code"] = .string(code) }
        return ["error": .object(error)]
    }

    private func head(_ kind: String, _ answer: MockAnswer) -> JSONObject {
        // A fixed time: the same request gets the same bytes.
        [
            "id": .string("chatcmpl-mock-\(answer.number)"), "object": .string(kind), "created": 0,
            "model": .string(answer.request.model),
        ]
    }

    private func chunk(_ delta: JSONObject, _ answer: MockAnswer, finishReason: JSONValue = .null) -> JSONValue {
        var object = head("chat.completion.chunk", answer)
        object["choices"] = [["index": 0, "delta": .object(delta), "finish_reason": finishReason]]
        return .object(object)
    }

    private func call(_ call: ToolCall, arguments: String) -> JSONValue {
        [
            "id": .string(call.id), "type": "function",
            "function": ["name": .string(call.name), "arguments": .string(arguments)],
        ]
    }

    private func usage(_ answer: MockAnswer) -> JSONValue {
        let usage = answer.usage
        let (input, output) = (usage.inputTokens ?? 0, usage.outputTokens ?? 0)
        return [
            "prompt_tokens": JSONValue(input), "completion_tokens": JSONValue(output),
            "total_tokens": JSONValue(input + output),
            "prompt_tokens_details": ["cached_tokens": JSONValue(usage.cachedInputTokens ?? 0)],
            "completion_tokens_details": ["reasoning_tokens": JSONValue(usage.reasoningTokens ?? 0)],
        ]
    }
}

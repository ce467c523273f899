import Evaluation
import JSON
import Models

/// OpenAI's responses.
struct MockResponses: MockWire {
    var nothing: JSONValue { ["id": "resp_mock", "object": "response", "status": "completed", "output": []] }

    func chatBody(of body: JSONObject) throws(EvaluationError) -> JSONObject {
        var chat = body
        for key in ["input", "instructions", "tools"] { chat[key] = nil }
        var messages: [JSONValue] = []
        if let text = body["instructions"]?.stringValue {
            messages.append(["role": "system", "content": .string(text)])
        }
        switch body["input"] {
        case .string(let text)?: messages.append(["role": "user", "content": .string(text)])
        case .array(let items)?: for item in items { try read(item, into: &messages) }
        default: throw malformed("the body has no 'input'")
        }
        chat["messages"] = .array(messages)
        if let tools = body["tools"]?.arrayValue {
            chat["tools"] = .array(
                tools.map { tool in
                    var function = tool.objectValue ?? [:]
                    function["type"] = nil
                    return ["type": "function", "function": .object(function)]
                })
        }
        return chat
    }

    private func read(_ item: JSONValue, into messages: inout [JSONValue]) throws(EvaluationError) {
        switch item["type"]?.stringValue ?? "message" {
        case "message":
            guard let role = item["role"]?.stringValue, let content = item["content"] else {
                throw malformed("an input item has no 'role' or no 'content'")
            }
            messages.append(["role": .string(role), "content": self.content(content)])
        case "function_call":
            let call: JSONValue = [
                "id": item["call_id"] ?? "", "type": "function",
                "function": ["name": item["name"] ?? "", "arguments": item["arguments"] ?? "{}"],
            ]
            // Calls that follow an assistant's words, or each other, are of one message.
            if messages.last?["role"] == "assistant" {
                let calls = messages[messages.count - 1]["tool_calls"]?.arrayValue ?? []
                messages[messages.count - 1]["tool_calls"] = .array(calls + [call])
            } else {
                messages.append(["role": "assistant", "content": .null, "tool_calls": [call]])
            }
        case "function_call_output":
            messages.append([
                "role": "tool", "tool_call_id": item["call_id"] ?? "", "content": item["output"] ?? "",
            ])
        case "reasoning": break
        case let other: throw malformed("an input item has the type '\(other)'")
        }
    }

    private func content(_ content: JSONValue) -> JSONValue {
        guard let parts = content.arrayValue else { return content }
        return .array(
            parts.map { part in
                part["type"] == "input_image"
                    ? ["type": "image_url", "image_url": ["url": part["image_url"] ?? ""]]
                    : ["type": "text", "text": part["text"] ?? ""]
            })
    }

    func whole(_ answer: MockAnswer) -> JSONValue {
        let cut = answer.finishReason == "length"
        var object: JSONObject = [
            "id": .string("resp_mock_\(answer.number)"), "object": "response", "created_at": 0,
            "model": .string(answer.request.model), "status": cut ? "incomplete" : "completed",
            "output": .array(items(answer)),
        ]
        if cut { object["incomplete_details"] = ["reason": "max_output_tokens"] }
        let usage = answer.usage
        let (input, output) = (usage.inputTokens ?? 0, usage.outputTokens ?? 0)
        object["usage"] = [
            "input_tokens": JSONValue(input), "output_tokens": JSONValue(output),
            "total_tokens": JSONValue(input + output),
            "input_tokens_details": ["cached_tokens": JSONValue(usage.cachedInputTokens ?? 0)],
            "output_tokens_details": ["reasoning_tokens": JSONValue(usage.reasoningTokens ?? 0)],
        ]
        return .object(object)
    }

    private func items(_ answer: MockAnswer) -> [JSONValue] {
        var items: [JSONValue] = []
        if let reasoning = answer.reply.reasoning {
            items.append([
                "type": "reasoning", "id": .string("rs_mock_\(answer.number)"),
                "summary": [["type": "summary_text", "text": .string(reasoning)]],
            ])
        }
        if let text = answer.reply.text {
            items.append([
                "type": "message", "id": .string("msg_mock_\(answer.number)"), "role": "assistant",
                "status": "completed",
                "content": [["type": "output_text", "text": .string(text), "annotations": []]],
            ])
        }
        for (index, call) in answer.calls.enumerated() {
            items.append([
                "type": "function_call", "id": .string("fc_mock_\(answer.number)_\(index)"),
                "call_id": .string(call.id), "name": .string(call.name),
                "arguments": .string(answer.argumentsText(of: call)), "status": "completed",
            ])
        }
        return items
    }

    func events(_ answer: MockAnswer) -> [MockEvent] {
        let response = whole(answer)
        var begun = response
        begun["status"] = "in_progress"
        begun["output"] = []
        begun["usage"] = .null
        var events = [event("response.created", ["response": begun])]
        for (index, item) in items(answer).enumerated() {
            let place: JSONObject = ["output_index": JSONValue(index)]
            events.append(event("response.output_item.added", place.merging(["item": item])))
            if item["type"] == "message" {
                for piece in MockAnswer.pieces(of: answer.reply.text ?? "") {
                    events.append(event("response.output_text.delta", place.merging(["delta": .string(piece)])))
                }
            }
            events.append(event("response.output_item.done", place.merging(["item": item])))
        }
        let last = response["status"] == "incomplete" ? "response.incomplete" : "response.completed"
        return events + [event(last, ["response": response])]
    }

    private func event(_ type: String, _ content: JSONObject) -> MockEvent {
        let object: JSONObject = ["type": .string(type)]
        return MockEvent(.object(object.merging(content)), name: type)
    }

    func failure(_ failure: MockReply.Failure) -> JSONValue { MockChatCompletions().failure(failure) }
}

import Evaluation
import JSON
import Models
import Reports

/// Anthropic's messages.
struct MockMessages: MockWire {
    private static let stopReasons = [
        "stop": "end_turn", "length": "max_tokens", "tool_calls": "tool_use", "content_filter": "refusal",
    ]
    private static let errorTypes = [
        400: "invalid_request_error", 401: "authentication_error", 403: "permission_error", 404: "not_found_error",
        413: "request_too_large", 429: "rate_limit_error", 529: "overloaded_error",
    ]

    var nothing: JSONValue { ["type": "message", "role": "assistant"] }

    func fields(of allowance: MockAllowance) -> [(String, String)] {
        // The moment comes in whole seconds.
        let reset = (SystemModelClock().wallSeconds + allowance.resetSeconds).rounded(.up)
        return [
            ("anthropic-ratelimit-requests-limit", "\(allowance.limit)"),
            ("anthropic-ratelimit-requests-remaining", "\(allowance.remaining)"),
            ("anthropic-ratelimit-requests-reset", TimeText.utc(reset)),
        ]
    }

    func chatBody(of body: JSONObject) throws(EvaluationError) -> JSONObject {
        var chat = body
        for key in ["system", "tools"] { chat[key] = nil }
        guard let turns = body["messages"]?.arrayValue else { throw malformed("the body has no 'messages'") }
        guard body["max_tokens"]?.intValue != nil else { throw malformed("the body has no 'max_tokens'") }
        var messages: [JSONValue] = []
        if let system = body["system"] {
            let text = system.stringValue ?? Self.texts(system.arrayValue ?? []).joined(separator: "\n")
            messages.append(["role": "system", "content": .string(text)])
        }
        for turn in turns {
            guard let role = turn["role"]?.stringValue, let content = turn["content"] else {
                throw malformed("a message has no 'role' or no 'content'")
            }
            let blocks = content.arrayValue ?? [["type": "text", "text": content]]
            messages += role == "assistant" ? [Self.assistant(blocks)] : Self.user(blocks)
        }
        chat["messages"] = .array(messages)
        if let tools = body["tools"]?.arrayValue {
            chat["tools"] = .array(
                tools.map { tool in
                    var function: JSONObject = ["name": tool["name"] ?? "", "parameters": tool["input_schema"] ?? [:]]
                    function["description"] = tool["description"]
                    return ["type": "function", "function": .object(function)]
                })
        }
        return chat
    }

    private static func texts(_ blocks: [JSONValue]) -> [String] { blocks.compactMap { $0["text"]?.stringValue } }

    private static func assistant(_ blocks: [JSONValue]) -> JSONValue {
        let calls = blocks.filter { $0["type"] == "tool_use" }.map { block -> JSONValue in
            [
                "id": block["id"] ?? "", "type": "function",
                "function": ["name": block["name"] ?? "", "arguments": block["input"] ?? [:]],
            ]
        }
        let text = texts(blocks).joined()
        var message: JSONObject = ["role": "assistant", "content": text.isEmpty ? .null : .string(text)]
        if !calls.isEmpty { message["tool_calls"] = .array(calls) }
        return .object(message)
    }

    /// A user's turn: the results of tools, each a message of its own, and then what was said.
    private static func user(_ blocks: [JSONValue]) -> [JSONValue] {
        var messages: [JSONValue] = []
        var said: [JSONValue] = []
        for block in blocks {
            switch block["type"]?.stringValue {
            case "tool_result"?:
                let content = block["content"]?.stringValue ?? texts(block["content"]?.arrayValue ?? []).joined()
                messages.append([
                    "role": "tool", "tool_call_id": block["tool_use_id"] ?? "", "content": .string(content),
                ])
            case "image"?: said.append(["type": "image_url", "image_url": ["url": .string(url(block["source"]))]])
            default: said.append(["type": "text", "text": block["text"] ?? ""])
            }
        }
        if said.count == 1, said[0]["type"] == "text" {
            messages.append(["role": "user", "content": said[0]["text"] ?? ""])
        } else if !said.isEmpty {
            messages.append(["role": "user", "content": .array(said)])
        }
        return messages
    }

    private static func url(_ source: JSONValue?) -> String {
        if let url = source?["url"]?.stringValue { return url }
        return "data:\(source?["media_type"]?.stringValue ?? "");base64,\(source?["data"]?.stringValue ?? "")"
    }

    func whole(_ answer: MockAnswer) -> JSONValue {
        var message = head(answer)
        message["content"] = .array(blocks(answer))
        message["stop_reason"] = stopReason(answer)
        message["usage"] = usage(answer)
        return .object(message)
    }

    private func head(_ answer: MockAnswer) -> JSONObject {
        [
            "id": .string("msg_mock_\(answer.number)"), "type": "message", "role": "assistant",
            "model": .string(answer.request.model), "content": [], "stop_reason": .null, "stop_sequence": .null,
        ]
    }

    private func blocks(_ answer: MockAnswer) -> [JSONValue] {
        var blocks: [JSONValue] = []
        if let reasoning = answer.reply.reasoning {
            blocks.append(["type": "thinking", "thinking": .string(reasoning), "signature": "bW9jaw=="])
        }
        if let text = answer.reply.text { blocks.append(["type": "text", "text": .string(text)]) }
        return blocks
            + answer.calls.map { call in
                [
                    "type": "tool_use", "id": .string(call.id), "name": .string(call.name),
                    "input": answer.argumentsValue(of: call),
                ]
            }
    }

    func events(_ answer: MockAnswer) -> [MockEvent] {
        var message = head(answer)
        message["usage"] = usage(answer)
        var events = [event("message_start", ["message": .object(message)])]
        for (index, block) in blocks(answer).enumerated() {
            let place: JSONObject = ["index": JSONValue(index)]
            var (start, deltas) = Self.pieces(block)
            if block["type"] == "tool_use" {
                let call = answer.calls.first { .string($0.id) == block["id"] }
                start["input"] = [:]
                deltas = MockAnswer.pieces(of: call.map(answer.argumentsText) ?? "")
                    .map { ["type": "input_json_delta", "partial_json": .string($0)] }
            }
            events.append(event("content_block_start", place.merging(["content_block": start])))
            events += deltas.map { event("content_block_delta", place.merging(["delta": $0])) }
            events.append(event("content_block_stop", place))
        }
        let end: JSONValue = ["stop_reason": stopReason(answer), "stop_sequence": .null]
        events.append(event("message_delta", ["delta": end, "usage": usage(answer)]))
        return events + [event("message_stop", [:])]
    }

    /// A block of text or of thought as it begins, and what follows.
    private static func pieces(_ block: JSONValue) -> (start: JSONValue, deltas: [JSONValue]) {
        var start = block
        switch block["type"]?.stringValue {
        case "text"?:
            start["text"] = ""
            return (
                start,
                MockAnswer.pieces(of: block["text"]?.stringValue ?? "")
                    .map { ["type": "text_delta", "text": .string($0)] }
            )
        case "thinking"?:
            start["thinking"] = ""
            start["signature"] = ""
            let thoughts = MockAnswer.pieces(of: block["thinking"]?.stringValue ?? "")
                .map { piece -> JSONValue in ["type": "thinking_delta", "thinking": .string(piece)] }
            return (start, thoughts + [["type": "signature_delta", "signature": block["signature"] ?? ""]])
        default: return (start, [])
        }
    }

    private func event(_ type: String, _ content: JSONObject) -> MockEvent {
        let object: JSONObject = ["type": .string(type)]
        return MockEvent(.object(object.merging(content)), name: type)
    }

    private func stopReason(_ answer: MockAnswer) -> JSONValue {
        .string(Self.stopReasons[answer.finishReason] ?? answer.finishReason)
    }

    /// What was read from the cache is counted apart here.
    private func usage(_ answer: MockAnswer) -> JSONValue {
        let usage = answer.usage
        let cached = usage.cachedInputTokens ?? 0
        return [
            "input_tokens": JSONValue(max(0, (usage.inputTokens ?? 0) - cached)),
            "cache_read_input_tokens": JSONValue(cached), "cache_creation_input_tokens": 0,
            "output_tokens": JSONValue(usage.outputTokens ?? 0),
        ]
    }

    func failure(_ failure: MockReply.Failure) -> JSONValue {
        let type = Self.errorTypes[failure.status] ?? "api_error"
        return ["type": "error", "error": ["type": .string(type), "message": .string(failure.message)]]
    }
}

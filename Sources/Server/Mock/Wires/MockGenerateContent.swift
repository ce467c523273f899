import Evaluation
import JSON
import Models

/// Gemini's `generateContent`.
struct MockGenerateContent: MockWire {
    private static let finishReasons = [
        "stop": "STOP", "tool_calls": "STOP", "length": "MAX_TOKENS", "content_filter": "SAFETY",
    ]
    private static let errorStatuses = [
        400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND",
        429: "RESOURCE_EXHAUSTED", 500: "INTERNAL", 503: "UNAVAILABLE", 504: "DEADLINE_EXCEEDED",
    ]

    /// The model, which the path names.
    let model: String
    /// Whether the path asks for a stream.
    let streams: Bool

    /// Reads the end of a path: `gemini-x:generateContent`, or `gemini-x:streamGenerateContent`.
    ///
    /// Nil for any other.
    init?(action: String) {
        let parts = action.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, ["generateContent", "streamGenerateContent"].contains(parts[1]) else { return nil }
        model = String(parts[0])
        streams = parts[1] == "streamGenerateContent"
    }

    var nothing: JSONValue { ["candidates": []] }

    func fields(of allowance: MockAllowance) -> [(String, String)] { [] }

    func chatBody(of body: JSONObject) throws(EvaluationError) -> JSONObject {
        guard let turns = body["contents"]?.arrayValue else { throw malformed("the body has no 'contents'") }
        var chat = body["generationConfig"]?.objectValue ?? [:]
        chat["model"] = .string(model)
        chat["stream"] = .bool(streams)
        var messages: [JSONValue] = []
        if let parts = body["systemInstruction"]?["parts"]?.arrayValue {
            let text = parts.compactMap { $0["text"]?.stringValue }.joined(separator: "\n")
            messages.append(["role": "system", "content": .string(text)])
        }
        // Calls without identifiers are answered in their order.
        var open: [(name: String, id: String)] = []
        for turn in turns {
            guard let parts = turn["parts"]?.arrayValue else { throw malformed("a turn has no 'parts'") }
            if turn["role"] == "model" {
                messages.append(Self.assistant(parts, number: messages.count, &open))
            } else {
                messages += Self.user(parts, &open)
            }
        }
        chat["messages"] = .array(messages)
        let tools = (body["tools"]?.arrayValue ?? []).flatMap { $0["functionDeclarations"]?.arrayValue ?? [] }
        if !tools.isEmpty {
            chat["tools"] = .array(tools.map { ["type": "function", "function": $0] })
        }
        return chat
    }

    private static func assistant(
        _ parts: [JSONValue], number: Int, _ open: inout [(name: String, id: String)]
    ) -> JSONValue {
        var text = ""
        var calls: [JSONValue] = []
        for part in parts {
            if let call = part["functionCall"] {
                let name = call["name"]?.stringValue ?? ""
                let id = call["id"]?.stringValue ?? "call_\(number)_\(calls.count)"
                open.append((name, id))
                calls.append([
                    "id": .string(id), "type": "function",
                    "function": ["name": .string(name), "arguments": call["args"] ?? [:]],
                ])
            } else if part["thought"]?.boolValue != true {
                text += part["text"]?.stringValue ?? ""
            }
        }
        var message: JSONObject = ["role": "assistant", "content": text.isEmpty ? .null : .string(text)]
        if !calls.isEmpty { message["tool_calls"] = .array(calls) }
        return .object(message)
    }

    private static func user(_ parts: [JSONValue], _ open: inout [(name: String, id: String)]) -> [JSONValue] {
        var messages: [JSONValue] = []
        var said: [JSONValue] = []
        for part in parts {
            if let result = part["functionResponse"] {
                let name = result["name"]?.stringValue ?? ""
                let place = open.firstIndex { $0.name == name }
                let id = result["id"]?.stringValue ?? place.map { open[$0].id } ?? ""
                if let place { open.remove(at: place) }
                let response = result["response"]
                let text = (response?["output"] ?? response?["error"])?.stringValue ?? response?.text() ?? ""
                messages.append(["role": "tool", "tool_call_id": .string(id), "content": .string(text)])
            } else if let data = part["inlineData"] {
                let url = "data:\(data["mimeType"]?.stringValue ?? "");base64,\(data["data"]?.stringValue ?? "")"
                said.append(["type": "image_url", "image_url": ["url": .string(url)]])
            } else if let file = part["fileData"] {
                said.append(["type": "image_url", "image_url": ["url": file["fileUri"] ?? ""]])
            } else {
                said.append(["type": "text", "text": part["text"] ?? ""])
            }
        }
        if said.count == 1, said[0]["type"] == "text" {
            messages.append(["role": "user", "content": said[0]["text"] ?? ""])
        } else if !said.isEmpty {
            messages.append(["role": "user", "content": .array(said)])
        }
        return messages
    }

    func whole(_ answer: MockAnswer) -> JSONValue {
        piece(parts(answer, cuts: false), answer, isLast: true)
    }

    func events(_ answer: MockAnswer) -> [MockEvent] {
        let parts = parts(answer, cuts: true)
        return parts.enumerated().map { index, part in
            MockEvent(piece([part], answer, isLast: index == parts.count - 1))
        }
    }

    private func parts(_ answer: MockAnswer, cuts: Bool) -> [JSONValue] {
        func split(_ text: String?) -> [String] {
            guard let text else { return [] }
            return cuts ? MockAnswer.pieces(of: text) : [text]
        }
        var parts = split(answer.reply.reasoning).map { piece -> JSONValue in
            ["text": .string(piece), "thought": true]
        }
        parts += split(answer.reply.text).map { ["text": .string($0)] }
        parts += answer.calls.map { call in
            [
                "functionCall": [
                    "id": .string(call.id), "name": .string(call.name), "args": answer.argumentsValue(of: call),
                ]
            ]
        }
        return parts.isEmpty ? [["text": ""]] : parts
    }

    private func piece(_ parts: [JSONValue], _ answer: MockAnswer, isLast: Bool) -> JSONValue {
        var candidate: JSONObject = ["index": 0, "content": ["role": "model", "parts": .array(parts)]]
        if isLast {
            candidate["finishReason"] = .string(Self.finishReasons[answer.finishReason] ?? answer.finishReason)
        }
        let usage = answer.usage
        let thoughts = usage.reasoningTokens ?? 0
        return [
            "candidates": [.object(candidate)], "modelVersion": .string(answer.request.model),
            "responseId": .string("mock-\(answer.number)"),
            "usageMetadata": [
                "promptTokenCount": JSONValue(usage.inputTokens ?? 0),
                "candidatesTokenCount": JSONValue(max(0, (usage.outputTokens ?? 0) - thoughts)),
                "thoughtsTokenCount": JSONValue(thoughts),
                "cachedContentTokenCount": JSONValue(usage.cachedInputTokens ?? 0),
            ],
        ]
    }

    func failure(_ failure: MockReply.Failure) -> JSONValue {
        var error: JSONObject = [
            "code": JSONValue(failure.status), "message": .string(failure.message),
            "status": .string(Self.errorStatuses[failure.status] ?? "UNKNOWN"),
        ]
        if let seconds = failure.retryAfter {
            error["details"] = [
                ["@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": .string("\(seconds)s")]
            ]
        }
        return ["error": .object(error)]
    }
}

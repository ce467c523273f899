import Evaluation
import JSON

/// Puts Anthropic's stream events together to the message that would have come in one go.
struct AnthropicStreamAssembler: StreamAssembler {
    private struct Block {
        var start: JSONObject
        var pieces: [String: String] = [:]
    }

    /// Which key of a delta continues which key of its block.
    private static let continuations = [
        "text_delta": (from: "text", to: "text"), "thinking_delta": (from: "thinking", to: "thinking"),
        "signature_delta": (from: "signature", to: "signature"),
        "input_json_delta": (from: "partial_json", to: "input"),
    ]

    private var message: JSONObject?
    private var blocks: [Int: Block] = [:]
    private var stopReason: JSONValue?
    private(set) var isDone = false

    mutating func consume(_ data: String, redactor: SecretRedactor) throws(EvaluationError) {
        let event = try object(in: data, redactor: redactor)
        switch event["type"]?.stringValue {
        case "message_start"?: message = event["message"]?.objectValue
        case "content_block_start"?:
            blocks[try index(event)] = Block(start: event["content_block"]?.objectValue ?? [:])
        case "content_block_delta"?: try take(event)
        case "message_delta"?:
            if let reason = event["delta"]?["stop_reason"], !reason.isNull { stopReason = reason }
            if let usage = event["usage"]?.objectValue {
                let before = message?["usage"]?.objectValue ?? [:]
                message?["usage"] = .object(before.merging(usage))
            }
        case "message_stop"?: isDone = true
        // Pings, and events that newer versions add.
        default: break
        }
    }

    func completion() throws(EvaluationError) -> JSONValue {
        guard isDone || stopReason != nil else { throw malformed("the stream ended before the reply was complete") }
        guard var message else { throw malformed("the stream has no message") }
        message["content"] = .array(blocks.sorted { $0.key < $1.key }.map { Self.json(of: $0.value) })
        if let stopReason { message["stop_reason"] = stopReason }
        return .object(message)
    }

    private func index(_ event: JSONObject) throws(EvaluationError) -> Int {
        guard let index = event["index"]?.intValue, (0..<ToolCallReader.maximumCount).contains(index) else {
            throw malformed("the stream has a block of no usable number")
        }
        return index
    }

    private mutating func take(_ event: JSONObject) throws(EvaluationError) {
        let index = try index(event)
        guard let delta = event["delta"], let type = delta["type"]?.stringValue,
            let continuation = Self.continuations[type], let piece = delta[continuation.from]?.stringValue
        else { return }
        guard blocks[index] != nil else { throw malformed("the stream continues a block that it has not begun") }
        blocks[index]?.pieces[continuation.to, default: ""] += piece
    }

    private static func json(of block: Block) -> JSONValue {
        var object = block.start
        for (key, text) in block.pieces {
            object[key] = .string((object[key]?.stringValue ?? "") + text)
        }
        return .object(object)
    }
}

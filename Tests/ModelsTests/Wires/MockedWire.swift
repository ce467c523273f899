import Evaluation
import JSON
import Models
import Server
import Testing

/// One backend type as it calls gage's mock server in its own protocol.
enum MockedWire: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case openAIHTTP = "openai_http"
    case openAIResponses = "openai_responses"
    case azure = "azure_openai"
    case anthropic
    case gemini

    var testDescription: String { rawValue }

    func model(
        at baseURL: String, streams: Bool = false, _ more: JSONObject = [:], clock: any ModelClock = SkippingClock()
    ) throws -> any ChatModel {
        var root = baseURL
        if self == .azure || self == .gemini, root.hasSuffix("/v1") { root.removeLast(3) }
        var config: JSONObject = [
            // A name of which the responses protocol takes reasoning for granted.
            "model": self == .openAIResponses ? "gpt-5-mock" : "mock", "base_url": .string(root),
            "api_key": "key-12345678", "stream": .bool(streams),
        ]
        if self == .azure { config["deployment"] = "my-deployment" }
        return try Fixtures.model(rawValue, .object(config.merging(more)), clock: clock)
    }
}

/// Says what it was asked, so that a test sees what arrived through a protocol.
struct TellingBrain: MockBrain {
    /// What is answered to a conversation without results of tools.
    var first: MockReply

    func reply(to request: MockRequest) async -> MockReply {
        let results = request.messages.filter { $0.role == .tool }
        guard !results.isEmpty else { return first }
        let told = results.map { "\($0.toolCallID ?? "?")=\($0.text ?? "")" }.joined(separator: ";")
        let calls = request.messages.flatMap(\.toolCalls).map { "\($0.id):\($0.name)" }.joined(separator: ";")
        return MockReply("\(calls) \(told)")
    }
}

/// Tells the images and the instructions that arrived.
struct LookingBrain: MockBrain {
    func reply(to request: MockRequest) async -> MockReply {
        var words = request.messages.filter { $0.role == .system }.compactMap(\.text)
        for message in request.messages {
            guard case .segments(let segments) = message.content else { continue }
            for case .other(let segment) in segments {
                words.append(segment["image_url"]?["url"]?.stringValue ?? "no image")
            }
        }
        return MockReply(words.joined(separator: " "))
    }
}

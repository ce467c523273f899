import Evaluation
import JSON
import Models
import Synchronization

/// A model that does what a test says, by the number of the call, counted from 0.
final class StubModel: ChatModel {
    let name: String
    private let count = Mutex(0)
    private let answer: @Sendable (Int, ChatRequest, CallContext) async throws -> ChatResponse

    init(
        name: String = "stub",
        _ answer: @escaping @Sendable (Int, ChatRequest, CallContext) async throws -> ChatResponse
    ) {
        self.name = name
        self.answer = answer
    }

    var calls: Int { count.withLock { $0 } }

    func respond(to request: ChatRequest, in context: CallContext) async throws -> ChatResponse {
        let number = count.withLock { count in
            defer { count += 1 }
            return count
        }
        return try await answer(number, request, context)
    }
}

/// A model that says what decides its answers, so that a cache may keep them.
struct TellingModel: FingerprintedModel {
    let base: StubModel

    var name: String { base.name }
    var fingerprint: JSONValue { .string(name) }

    func respond(to request: ChatRequest, in context: CallContext) async throws -> ChatResponse {
        try await base.respond(to: request, in: context)
    }
}

extension ChatResponse {
    static func text(_ text: String, usage: Usage? = nil, cost: Double? = nil) -> ChatResponse {
        ChatResponse(message: .assistant(text), finishReason: .stop, model: "stub", usage: usage, cost: cost)
    }
}

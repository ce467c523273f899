public import Evaluation
public import JSON
import Synchronization

/// A chat model whose answers a test writes, and which remembers what it was asked.
///
/// ```swift
/// let model = ScriptedModel("four")                                 // always the same text
/// let model = ScriptedModel { request, call in                      // anything
///     .text(call.index == 0 ? "thinking" : "done")
/// }
/// ```
public final class ScriptedModel: ChatModel {
    /// An answer of a script.
    public enum Answer: Sendable {
        /// Plain text.
        case text(String)
        /// Tool calls, and no text.
        case calls([ToolCall])
        /// Exactly this.
        case response(ChatResponse)
    }

    /// A call that the model was asked to answer.
    public struct Call: Sendable {
        /// The question.
        public var request: ChatRequest
        /// For whom.
        public var context: CallContext
    }

    /// The model's name.
    public let name: String
    private let script: @Sendable (ChatRequest, CallContext) async throws -> Answer
    private let usage: Usage?
    private let cost: Double?
    /// Protects what was asked so far.
    private let log = Mutex<[Call]>([])

    /// Makes a model that answers as a closure says; each answer reports this usage and cost.
    public init(
        name: String = "scripted", usage: Usage? = nil, cost: Double? = nil,
        _ script: @escaping @Sendable (ChatRequest, CallContext) async throws -> Answer
    ) {
        self.name = name
        self.usage = usage
        self.cost = cost
        self.script = script
    }

    /// Makes a model that always says the same.
    public convenience init(_ text: String) { self.init { _, _ in .text(text) } }

    /// What the model was asked, in the order of the calls.
    public var calls: [Call] { log.withLock { $0 } }

    /// Answers as the script says.
    public func respond(to request: ChatRequest, in context: CallContext) async throws -> ChatResponse {
        log.withLock { $0.append(Call(request: request, context: context)) }
        switch try await script(request, context) {
        case .response(let response): return response
        case .text(let text):
            return ChatResponse(
                message: .assistant(text), finishReason: .stop, model: name, usage: usage, cost: cost)
        case .calls(let calls):
            return ChatResponse(
                message: .assistant(nil, toolCalls: calls), finishReason: .toolCalls, model: name, usage: usage,
                cost: cost)
        }
    }
}

/// The models of a test's run, by backend id.
public struct FixedModels: ModelProvider {
    private let models: [String: any ChatModel]

    /// Provides these models.
    public init(_ models: [String: any ChatModel] = [:]) { self.models = models }

    /// The model of a backend.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, when the test gave none.
    public func model(backend id: String) throws -> any ChatModel {
        if let model = models[id] { return model }
        throw EvaluationError(.configurationInvalid, "the test has no model '\(id)'", cause: .configuration)
    }

    /// The model of that name.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, when the test gave none.
    public func model(named name: String, parameters: JSONObject) throws -> any ChatModel { try model(backend: name) }
}

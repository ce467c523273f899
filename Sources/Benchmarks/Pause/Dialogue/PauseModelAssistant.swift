import Engine
import Evaluation
import JSON

/// An assistant that a chat model plays.
///
/// Its model sees the tools of the beginning and, from the next call on, those that it has discovered.
struct PauseModelAssistant: DialogueParticipant {
    /// What an assistant is made of.
    struct Setup: Sendable {
        /// The model; nil for that of the running adapter.
        var model: (any ChatModel)?
        /// The tools that it is offered first.
        var tools: [ToolDefinition]
        /// Sampling parameters of every call.
        var parameters: JSONObject = [:]
        /// What is added to its instructions and left out of every log.
        var guidance: String?
    }

    private let setup: Setup
    private var toolbox: PauseToolbox
    private var parameters: JSONObject
    private var view: [Message] = []
    private var replies = 0

    init(_ setup: Setup) {
        self.setup = setup
        toolbox = PauseToolbox(setup.tools)
        parameters = setup.parameters
    }

    mutating func adopt(tools: [ToolDefinition], samplingParameters: JSONObject) {
        toolbox.adopt(tools)
        parameters.merge(samplingParameters)
    }

    mutating func receive(_ message: Message) {
        toolbox.learn(from: message)
        switch message.role {
        case .system where setup.guidance != nil:
            let own = [message.text, setup.guidance.map(PausePrompts.guidance)].compactMap { $0 }
            view.append(.system(own.joined(separator: "\n\n")))
        case .user:
            // A new round begins: what the model thought before is no longer sent along.
            for place in view.indices { view[place].reasoning = nil }
            view.append(message)
        default: view.append(message)
        }
    }

    mutating func reply(in scope: EpisodeScope) async throws -> Trajectory.Entry {
        let model = try setup.model ?? scope.adapter.requireModel()
        let request = ChatRequest(
            messages: view, tools: toolbox.tools, toolChoice: toolbox.tools.isEmpty ? nil : .auto,
            parameters: (scope.adapter.agentBackend?.samplingParameters ?? [:]).merging(parameters))
        var response = try await model.respond(to: request, in: scope.call("agent", index: replies))
        replies += 1
        response.message = try response.message.asOneOfTextAndCalls(of: "assistant")
        view.append(response.message)
        return Trajectory.Entry(answer: response, by: .agent)
    }
}

extension Message {
    /// The message with its calls alone where it has both calls and a text: a turn is one of the two.
    ///
    /// Throws ``EvaluationError`` (`model.empty_reply`) when it is neither.
    func asOneOfTextAndCalls(of speaker: String) throws(EvaluationError) -> Message {
        var message = self
        if !toolCalls.isEmpty {
            message.content = .empty
        } else if !hasText {
            throw EvaluationError(
                .modelEmptyReply, "the \(speaker) neither said anything nor called a tool", cause: .model)
        }
        return message
    }
}

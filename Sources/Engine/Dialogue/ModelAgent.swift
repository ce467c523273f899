public import Evaluation
public import JSON

/// The loop's own agent: a chat model that sees the conversation and the tools.
public struct ModelAgent: DialogueParticipant {
    private let model: any ChatModel
    private let tools: [ToolDefinition]
    private let toolChoice: ToolChoice?
    private let force: AgentBackend.ForcedToolChoice
    private let parameters: JSONObject
    private var view: [Message] = []
    private var replies = 0

    /// Makes an agent that has heard nothing yet.
    ///
    /// `force` decides when a free choice becomes a forced one; `parameters` are those of every call.
    public init(
        model: any ChatModel, tools: [ToolDefinition], toolChoice: ToolChoice?,
        force: AgentBackend.ForcedToolChoice, parameters: JSONObject
    ) {
        self.model = model
        self.tools = tools
        self.toolChoice = toolChoice
        self.force = force
        self.parameters = parameters
    }

    /// Adds a message to what the model sees.
    public mutating func receive(_ message: Message) { view.append(message) }

    /// Asks the model.
    public mutating func reply(in scope: EpisodeScope) async throws -> Trajectory.Entry {
        let request = ChatRequest(messages: view, tools: tools, toolChoice: choice, parameters: parameters)
        let response = try await model.respond(to: request, in: scope.call("agent", index: replies))
        replies += 1
        view.append(response.message)
        return Trajectory.Entry(answer: response, by: .agent)
    }

    private var choice: ToolChoice? {
        guard !tools.isEmpty else { return nil }
        guard toolChoice == nil || toolChoice == .auto else { return toolChoice }
        switch force {
        case .always: return .required
        case .firstTurn: return replies == 0 ? .required : .auto
        case .never: return toolChoice ?? .auto
        }
    }
}

extension Trajectory.Entry {
    /// Records a model's reply; the loop fills in the times.
    public init(answer response: ChatResponse, by speaker: Participant) {
        self.init(response.message, by: speaker)
        usage = response.usage
        cost = response.cost
        model = response.model
        finishReason = response.finishReason.name
    }
}

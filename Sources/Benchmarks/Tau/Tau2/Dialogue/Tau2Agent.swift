import Evaluation

/// The agent of τ²-bench as officially driven: it answers in text to the user, or calls tools, message by message.
///
/// Text beside tool calls stays in the trajectory and never reaches the user. An agent that is given the expected
/// actions differs in its system prompt alone.
struct Tau2Agent: Tau2AgentSpeaker {
    var setup: Tau2AgentSetup
    var view: [Message]
    private(set) var replies = 0

    init(_ setup: Tau2AgentSetup) {
        self.setup = setup
        view = [.system(setup.systemPrompt)]
    }

    mutating func receive(_ message: Message) {
        view.append(message.role == .assistant ? message.asOwn : message)
    }

    func makeRequest() -> ChatRequest {
        ChatRequest(
            messages: view, tools: setup.tools, toolChoice: .automatic(for: setup.tools),
            parameters: setup.parameters)
    }

    mutating func accept(_ reply: Message) throws(EvaluationError) -> Message {
        try refuseEmpty(reply)
        view.append(reply.asOwn)
        replies += 1
        return reply
    }
}

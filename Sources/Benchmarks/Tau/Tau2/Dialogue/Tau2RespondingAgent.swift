import Evaluation
import JSON

/// An agent that reaches the user through a tool, `respond{message}`, instead of by plain text.
///
/// To the dialogue the call *is* the message: the trajectory holds the official shape, the user hears the text, and
/// steps count as officially. Only the model sees the tool; its result is `{"user_message": …}` with what the user
/// answered. A plain text counts as a message too. Beside other calls a message is not delivered, as officially; the
/// tool's result then says so.
struct Tau2RespondingAgent: Tau2AgentSpeaker {
    var setup: Tau2AgentSetup
    private let toolName: String
    var view: [Message]
    /// The calls of the respond tool that wait for the user's answer.
    private var openCalls: [ToolCall] = []
    private(set) var replies = 0

    /// Makes an agent that has heard and said nothing yet; the setup's tools include the respond tool.
    init(_ setup: Tau2AgentSetup, toolName: String) {
        self.setup = setup
        self.toolName = toolName
        view = [.system(setup.systemPrompt)]
    }

    /// The respond tool as models see it where the configuration does not describe it.
    static func tool(named name: String) -> ToolDefinition {
        ToolDefinition(
            name: name, description: "Send a message to the user and receive the user's reply.",
            parameters: [
                "type": "object",
                "properties": ["message": ["type": "string", "description": "The text for the user."]],
                "required": ["message"],
            ])
    }

    /// Adds what reaches the agent: the user's text answers the call of the respond tool where there is one.
    mutating func receive(_ message: Message) {
        guard message.role == .user, !openCalls.isEmpty else {
            view.append(message.role == .assistant ? message.asOwn : message)
            return
        }
        answerOpenCalls(["user_message": .string(message.text ?? "")])
    }

    func makeRequest() -> ChatRequest {
        ChatRequest(
            messages: view, tools: setup.tools, toolChoice: .automatic(for: setup.tools),
            parameters: setup.parameters)
    }

    mutating func accept(_ reply: Message) throws(EvaluationError) -> Message {
        try refuseEmpty(reply)
        let responses = reply.toolCalls.filter { $0.name == toolName }
        guard !responses.isEmpty else { return remember(reply, as: reply) }
        var message = reply
        message.toolCalls = reply.toolCalls.filter { $0.name != toolName }
        let texts = ([reply.text] + responses.map { Self.text(of: $0) }).compactMap { $0 }
        message.content = .text(texts.filter(\.hasTextForPython).joined(separator: "\n\n"))
        try refuseEmpty(message)
        _ = remember(reply, as: message)
        openCalls = responses
        if !message.toolCalls.isEmpty {
            let notice = "Not delivered: send a message to the user by itself, without other tool calls."
            answerOpenCalls(["error": .string(notice)])
        }
        return message
    }

    private mutating func remember(_ reply: Message, as message: Message) -> Message {
        view.append(reply.asOwn)
        replies += 1
        return message
    }

    private mutating func answerOpenCalls(_ result: JSONValue) {
        for call in openCalls {
            view.append(.tool(ToolResult(content: result.text(.python)), answering: call))
        }
        openCalls = []
    }

    /// The message in a call's arguments; models give it different names.
    private static func text(of call: ToolCall) -> String? {
        for key in ["message", "content", "text", "response"] {
            if let text = call.arguments[key]?.stringValue { return text }
        }
        return call.arguments.isEmpty ? nil : JSONValue.object(call.arguments).text()
    }
}

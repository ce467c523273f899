import Evaluation
import JSON

/// The agent of τ²-bench that solves a ticket alone: it only calls tools, the user's among them, until it is done.
struct Tau2SoloAgent: Tau2AgentSpeaker {
    var setup: Tau2AgentSetup
    private let enforcesProtocol: Bool
    var view: [Message]
    private(set) var replies = 0

    /// Makes an agent at the start of its work; `enforcesProtocol` as in the dialogue's rules.
    init(_ setup: Tau2AgentSetup, enforcesProtocol: Bool = false) {
        self.setup = setup
        self.enforcesProtocol = enforcesProtocol
        view = [.system(setup.systemPrompt)]
    }

    /// Whether the official agent takes the task.
    ///
    /// With an initial state only its history is looked at: it may hold tool calls and results, nothing else.
    /// Without one there have to be a ticket and an expected action.
    static func canSolve(_ task: Tau2Task) -> Bool {
        if let state = task.initialState {
            return (state.messageHistory ?? []).allSatisfy { message in
                message.role != .user && (message.role != .assistant || message.isToolCall)
            }
        }
        return task.ticket != nil && task.evaluationCriteria?.actions?.isEmpty == false
    }

    /// Adds the result of a call.
    ///
    /// Throws for a user's message: there is no user.
    mutating func receive(_ message: Message) throws(EvaluationError) {
        guard message.role != .user else {
            throw PythonException(.valueError, "LLMSoloAgent does not support user messages.")
                .asTaskError("an agent that works alone was sent a user's message")
        }
        view.append(message.role == .assistant ? message.asOwn : message)
    }

    func makeRequest() -> ChatRequest {
        ChatRequest(messages: view, tools: setup.tools, toolChoice: .required, parameters: setup.parameters)
    }

    mutating func accept(_ reply: Message) throws(EvaluationError) -> Message {
        guard !reply.toolCalls.isEmpty else {
            throw PythonException(.valueError, "LLMSoloAgent only supports tool calls.")
                .asReplyError(
                    .modelMalformedToolCall, "an agent that works alone answered without a tool call", by: .agent)
        }
        var message = reply
        if reply.toolCalls.contains(where: { $0.name == Tau2Prompts.doneTool }) {
            message.content = .text(Tau2Token.stop)
            message.toolCalls = []
        } else {
            try refuseStopBesideCalls(reply)
        }
        view.append(message.asOwn)
        replies += 1
        return message
    }

    /// A stop word beside calls ends the official dialogue with calls that nobody runs, which it refuses.
    ///
    /// Not so for the message that opens a dialogue, nor where the protocol is enforced: those have ends of their own.
    private func refuseStopBesideCalls(_ reply: Message) throws(EvaluationError) {
        guard view.count > 1, !enforcesProtocol, let text = reply.text, text.containsText(Tau2Token.stop) else {
            return
        }
        let official = PythonException(
            .valueError,
            "Environment should not receive the last message. Last message: \(reply.officialAssistantText)")
        throw official.asReplyError(
            .modelMalformedToolCall, "an agent that works alone said that it stops beside calling tools", by: .agent)
    }
}

extension Message {
    /// What Python's `str` gives for the official class of an agent's message.
    fileprivate var officialAssistantText: String {
        var lines = ["AssistantMessage"]
        if let text, text.hasTextForPython { lines.append("content: \(text)") }
        if !toolCalls.isEmpty { lines.append("ToolCalls:") }
        for call in toolCalls {
            lines.append("ToolCall (from assistant)")
            if !call.id.isEmpty { lines.append("id: \(call.id)") }
            let style = JSONStyle(keySeparator: ": ", asciiOnly: true, indent: 2, numbers: .python)
            lines += ["name: \(call.name)", "arguments:", JSONValue.object(call.arguments).text(style)]
        }
        return (lines + ["is_final_chunk: True"]).joined(separator: "\n")
    }
}

import Engine
import Evaluation
import JSON

/// An agent of the original τ-bench, driven by the model of the adapter that runs it.
///
/// Its model sees the official message list: of several calls the first only, and, where actions are written as text,
/// results as messages that begin with `API output: `.
struct Tau1Agent: DialogueParticipant {
    /// What an agent is made of.
    struct Setup: Sendable {
        /// How it is driven.
        var strategy: Tau1AgentStrategy
        /// What a prompt of the adapter may refer to.
        var promptVariables: JSONObject = [:]
        /// The environment's tools.
        var tools: [ToolDefinition]
        /// Sampling parameters of every call that the adapter asks for, over those of its backend.
        var parameters: JSONObject = [:]
    }

    private var setup: Setup
    private let reader: Tau1ActionReader
    private var view: [Message] = []
    private var replies = 0

    /// Makes an agent that has heard nothing yet; its instructions are the dialogue's opening.
    init(_ setup: Setup) {
        self.setup = setup
        reader = Tau1ActionReader(strategy: setup.strategy)
    }

    /// Takes over the wording of the tools that it has, and the adapter's sampling parameters.
    mutating func adopt(tools: [ToolDefinition], samplingParameters: JSONObject) {
        setup.parameters = samplingParameters
        setup.tools = setup.tools.map { own in tools.last { $0.name == own.name } ?? own }
    }

    mutating func receive(_ message: Message) {
        guard setup.strategy.writesActions, message.role == .tool else {
            view.append(message)
            return
        }
        view.append(.user("API output: \(message.text ?? "")"))
    }

    /// What to ask the model now.
    func makeRequest() -> ChatRequest {
        ChatRequest(messages: view, tools: setup.strategy.writesActions ? [] : setup.tools)
    }

    /// Takes the model's reply into the view and gives the message that the others get.
    ///
    /// A tool called `respond`, which there is not, speaks to the user as officially; the model sees its call again.
    mutating func accept(_ reply: Message) -> Message {
        defer { replies += 1 }
        var message = reply
        if setup.strategy.writesActions {
            message.toolCalls = writtenCalls(in: reply)
            view.append(Message(role: .assistant, content: reply.content))
            return message
        }
        message.toolCalls = Array(reply.toolCalls.prefix(1))
        let action = Tau1Action(message.toolCalls.first)
        guard let action, action.isRespond else {
            view.append(Message(role: .assistant, content: message.content, toolCalls: message.toolCalls))
            return message
        }
        view.append(Message(role: .assistant, content: reply.content, toolCalls: reply.toolCalls))
        guard let content = action.arguments["content"], content.isNull || content.stringValue != nil else {
            return message
        }
        message.toolCalls = []
        message.content = content.stringValue.map { .text($0) } ?? .empty
        return message
    }

    /// The agent's next message.
    mutating func reply(in scope: EpisodeScope) async throws -> Trajectory.Entry {
        if replies == 0 { try renderPrompt(of: scope.adapter) }
        var request = makeRequest()
        let backend = scope.adapter.agentBackend
        request.parameters = (backend?.samplingParameters ?? [:]).merging(setup.parameters)
        if !request.tools.isEmpty, backend?.forcesToolCall(atReply: replies) == true { request.toolChoice = .required }
        let model = try scope.adapter.requireModel()
        var response: ChatResponse
        do {
            response = try await model.respond(to: request, in: scope.call("agent", index: replies))
        } catch let error as EvaluationError where error.code == .modelEmptyReply && !setup.strategy.writesActions {
            // A reply without text is said to the user as it is.
            return Trajectory.Entry(accept(.assistant(nil)), by: .agent)
        }
        response.message = accept(response.message)
        return Trajectory.Entry(answer: response, by: .agent)
    }

    /// The call of an action that is written as text, so that results have something to answer.
    private func writtenCalls(in reply: Message) -> [ToolCall] {
        // What cannot be read calls nothing; the rules end the dialogue over it.
        guard let action = try? reader.action(of: reply), !action.isRespond else { return [] }
        return [ToolCall(id: "action_\(replies + 1)", name: action.name, arguments: action.arguments)]
    }

    /// Puts the adapter's own prompt in the place of the official instructions.
    private mutating func renderPrompt(of adapter: AdapterBinding) throws {
        guard let prompt = adapter.prompt else { return }
        var variables = setup.promptVariables
        variables.merge(adapter.promptParameters)
        let instructions = view.prefix { $0.role == .system }.count
        view.replaceSubrange(0..<instructions, with: try prompt.render(variables, over: []))
    }
}

extension Tau1Action {
    /// The action of a call.
    init?(_ call: ToolCall?) {
        guard let call else { return nil }
        self.init(name: call.name, arguments: call.arguments)
    }
}

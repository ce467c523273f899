import Evaluation
import JSON
import Models
import Synchronization
import Testing

@testable import Tau

@Suite("tau2 participants")
struct Tau2ParticipantTests {
    private let lookUp = ToolCall(id: "l", name: "get_users", arguments: [:])
    private let setup = Tau2AgentSetup(systemPrompt: "S", tools: [], parameters: [:])

    private func respond(_ text: String, id: String = "r", key: String = "message") -> ToolCall {
        ToolCall(id: id, name: "respond", arguments: [key: .string(text)])
    }

    @Test("To the user's model the roles are turned round, and blank texts of the agent are passed over")
    func userView() throws {
        var user = Tau2User(
            .init(model: ScriptlessModel(), systemPrompt: "S", tools: [], parameters: ["seed": 1]))
        try user.receive(.assistant("Hi!"))
        let said = try user.accept(.assistant("I want", toolCalls: [lookUp]))
        #expect(said.role == .user)
        try user.receive(.tool(ToolResult(content: "[]"), answering: lookUp))
        try user.receive(.assistant(" \n"))
        let request = user.makeRequest()
        #expect(request.messages.map(\.role) == [.system, .user, .assistant, .tool])
        #expect(request.messages[2].toolCalls == [lookUp])
        #expect(request.toolChoice == nil)
        #expect(request.parameters == ["seed": 1])
    }

    @Test("A reply with neither text nor calls is the official failure, worth another try")
    func emptyReplies() throws {
        var agent = Tau2Agent(setup)
        let error = #expect(throws: EvaluationError.self) { try agent.accept(.assistant(" \u{1C}\n")) }
        #expect(error?.code == .modelEmptyReply)
        #expect(error?.cause == .model)
        #expect(error?.retry == .worthwhile)
        #expect(
            error?.underlying
                == "ValueError: AssistantMessage must have either content or tool_calls. Got AssistantMessage\n"
                + "is_final_chunk: True")
        var user = Tau2User(.init(model: ScriptlessModel(), systemPrompt: "S", tools: [], parameters: [:]))
        let users = #expect(throws: EvaluationError.self) { try user.accept(.assistant(nil)) }
        #expect(users?.cause == .provider)
    }

    @Test("An agent sees its own words without reasoning, as the official one does")
    func ownWords() throws {
        var agent = Tau2Agent(setup)
        var reply = Message.assistant("Done.")
        reply.reasoning = "hm"
        #expect(try agent.accept(reply).reasoning == "hm")
        #expect(agent.makeRequest().messages.last?.reasoning == nil)
    }

    @Test("A call of the respond tool is a message; the user's answer is its result")
    func respondTool() throws {
        var agent = Tau2RespondingAgent(setup, toolName: "respond")
        let said = try agent.accept(.assistant(nil, toolCalls: [respond("Which one?")]))
        #expect(said.text == "Which one?")
        #expect(said.toolCalls.isEmpty)
        agent.receive(.user("The \"first\"."))
        let view = agent.makeRequest().messages
        #expect(view.map(\.role) == [.system, .assistant, .tool])
        #expect(view[1].toolCalls == [respond("Which one?")])
        #expect(view[2].text == #"{"user_message": "The \"first\"."}"#)
        #expect(view[2].toolCallID == "r")
    }

    @Test("A plain text reaches the user as well, and is answered as one")
    func plainText() throws {
        var agent = Tau2RespondingAgent(setup, toolName: "respond")
        #expect(try agent.accept(.assistant("Hello.")).text == "Hello.")
        agent.receive(.user("Hi."))
        #expect(agent.makeRequest().messages.map(\.role) == [.system, .assistant, .user])
    }

    @Test("Beside other calls a message is kept but not delivered, and the model is told so")
    func mixedReply() throws {
        var agent = Tau2RespondingAgent(setup, toolName: "respond")
        let said = try agent.accept(.assistant("So:", toolCalls: [respond("One moment."), lookUp]))
        #expect(said.text == "So:\n\nOne moment.")
        #expect(said.toolCalls == [lookUp])
        agent.receive(.tool(ToolResult(content: "[]"), answering: lookUp))
        let view = agent.makeRequest().messages
        #expect(view.map(\.role) == [.system, .assistant, .tool, .tool])
        #expect(view[2].text?.contains("Not delivered") == true)
        #expect(Set(view.compactMap(\.toolCallID)) == ["r", "l"])
    }

    @Test("Models name the message as they like", arguments: ["message", "content", "text", "response"])
    func argumentNames(key: String) throws {
        var agent = Tau2RespondingAgent(setup, toolName: "respond")
        #expect(try agent.accept(.assistant(nil, toolCalls: [respond("x", key: key)])).text == "x")
    }

    @Test("A respond call without any text is an empty reply")
    func emptyRespond() throws {
        var agent = Tau2RespondingAgent(setup, toolName: "respond")
        let empty = ToolCall(id: "r", name: "respond", arguments: [:])
        #expect(throws: EvaluationError.self) { try agent.accept(.assistant(nil, toolCalls: [empty])) }
    }

    @Test("An agent that works alone stops with its tool, other calls beside it forgotten")
    func soloStop() throws {
        var agent = Tau2SoloAgent(setup)
        let done = ToolCall(id: "d", name: "done", arguments: [:])
        let said = try agent.accept(.assistant(nil, toolCalls: [lookUp, done]))
        #expect(said.text == "###STOP###")
        #expect(said.toolCalls.isEmpty)
        #expect(agent.makeRequest().toolChoice == .required)
    }

    @Test("An agent that works alone may not talk")
    func soloTalk() throws {
        var agent = Tau2SoloAgent(setup)
        let error = #expect(throws: EvaluationError.self) { try agent.accept(.assistant("###STOP###")) }
        #expect(error?.underlying == "ValueError: LLMSoloAgent only supports tool calls.")
        #expect(throws: EvaluationError.self) { try agent.receive(.user("hello")) }
    }

    @Test("A stop word beside calls is refused after the first message, unless the protocol is enforced")
    func soloStopBesideCalls() throws {
        let mixed = Message.assistant("###STOP###", toolCalls: [lookUp])
        var agent = Tau2SoloAgent(setup)
        #expect(try agent.accept(mixed).text == "###STOP###")
        let error = #expect(throws: EvaluationError.self) { try agent.accept(mixed) }
        #expect(error?.underlying?.hasPrefix("ValueError: Environment should not receive the last message.") == true)
        var enforced = Tau2SoloAgent(setup, enforcesProtocol: true)
        _ = try enforced.accept(mixed)
        #expect(try enforced.accept(mixed).toolCalls == [lookUp])
    }

    @Test(
        "A forced choice of tools is the configuration's, turn by turn",
        arguments: [
            (AgentBackend.ForcedToolChoice.never, [ToolChoice.auto, .auto]), (.firstTurn, [.required, .auto]),
            (.always, [.required, .required]),
        ])
    func forcedChoice(force: AgentBackend.ForcedToolChoice, expected: [ToolChoice]) async throws {
        let model = ChoiceRecorder()
        let episode = Episode(id: EpisodeID(task: "t", sample: "s", trial: 0), seed: 1, sample: Sample(id: "s"))
        var binding = AdapterBinding(id: "agent", role: .dutAgent)
        binding.agentBackend = AgentBackend(id: "b", model: model, forceToolChoice: force)
        let leases = StubLeases { throw EvaluationError(.sandboxUnavailable, "none", cause: .sandbox) }
        let scope = EpisodeScope.stub(
            episode, adapter: binding, models: StubModels(brain: EchoBrain()), leases: leases)
        var agent = Tau2RespondingAgent(
            Tau2AgentSetup(systemPrompt: "S", tools: [Tau2RespondingAgent.tool(named: "respond")]), toolName: "respond")
        for _ in expected { _ = try await agent.reply(in: scope) }
        #expect(model.choices.withLock { $0 } == expected)
    }

    @Test("Which tasks an agent can solve alone")
    func soloTasks() throws {
        func task(_ extra: JSONObject) throws -> Tau2Task {
            try Tau2Task(
                json: .object((["id": "1", "user_scenario": ["instructions": "x"]] as JSONObject).merging(extra)))
        }
        let action: JSONValue = ["action_id": "1", "name": "f", "arguments": [:]]
        let criteria: JSONValue = ["actions": [action]]
        #expect(!Tau2SoloAgent.canSolve(try task([:])))
        #expect(!Tau2SoloAgent.canSolve(try task(["ticket": "t", "evaluation_criteria": ["actions": []]])))
        #expect(Tau2SoloAgent.canSolve(try task(["ticket": "t", "evaluation_criteria": criteria])))
        #expect(Tau2SoloAgent.canSolve(try task(["initial_state": [:]])))
        let spoken: JSONValue = ["message_history": [["role": "user", "content": "x"]]]
        #expect(
            !Tau2SoloAgent.canSolve(
                try task(["ticket": "t", "evaluation_criteria": criteria, "initial_state": spoken])))
    }
}

/// A model that remembers how free it was to call tools.
private final class ChoiceRecorder: ChatModel {
    let name = "recorder"
    /// Protects the choices, which are added by whoever asks.
    let choices = Mutex<[ToolChoice?]>([])

    func respond(to request: ChatRequest, in context: CallContext) async throws -> ChatResponse {
        choices.withLock { $0.append(request.toolChoice) }
        return ChatResponse(message: .assistant("Hm."), finishReason: .stop, model: name)
    }
}

/// A model that these tests never ask.
private struct ScriptlessModel: ChatModel {
    var name: String { "none" }

    func respond(to request: ChatRequest, in context: CallContext) async throws -> ChatResponse {
        throw EvaluationError(.scriptExhausted, "never asked", cause: .gage)
    }
}

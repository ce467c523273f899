import Evaluation
import JSON

/// What an agent of τ²-bench is made of.
struct Tau2AgentSetup: Sendable {
    /// The whole system prompt, where the running adapter has no prompt of its own.
    var systemPrompt: String
    /// What a prompt of the adapter may refer to.
    var promptVariables: JSONObject = [:]
    /// The tools that the agent is shown.
    var tools: [ToolDefinition]
    /// Sampling parameters of every call that the adapter asks for, over those of its backend.
    var adapterParameters: JSONObject = [:]
    /// Sampling parameters of every call that the benchmark asks for, over all others.
    var parameters: JSONObject = [:]
}

/// An agent of τ²-bench, driven by the model of the adapter that runs it.
protocol Tau2AgentSpeaker: Tau2Speaker {
    /// What it is made of.
    var setup: Tau2AgentSetup { get set }
    /// What its model sees, instructions first.
    var view: [Message] { get set }
    /// How often it has spoken.
    var replies: Int { get }
}

extension Tau2AgentSpeaker {
    var participant: Participant { .agent }

    /// Takes over the wording of the tools that it has, and the adapter's sampling parameters.
    mutating func adopt(tools: [ToolDefinition], samplingParameters: JSONObject) {
        setup.adapterParameters = samplingParameters
        setup.tools = setup.tools.map { own in tools.last { $0.name == own.name } ?? own }
    }

    /// The agent's next message.
    mutating func reply(in scope: EpisodeScope) async throws -> Trajectory.Entry {
        if replies == 0 { try renderPrompt(of: scope.adapter) }
        var request = makeRequest()
        let backend = scope.adapter.agentBackend
        var sampling = backend?.samplingParameters ?? [:]
        sampling.merge(setup.adapterParameters)
        sampling.merge(request.parameters)
        request.parameters = sampling
        if request.toolChoice == .auto, backend?.forcesToolCall(atReply: replies) == true {
            request.toolChoice = .required
        }
        let model = try scope.adapter.requireModel()
        let response = try await ask(model, request, in: scope.call("agent", index: replies))
        return Trajectory.Entry(try accept(response.message), by: .agent, from: response)
    }

    /// Puts the adapter's own prompt in the place of the official one.
    private mutating func renderPrompt(of adapter: AdapterBinding) throws {
        guard let prompt = adapter.prompt else { return }
        var variables = setup.promptVariables
        variables.merge(adapter.promptParameters)
        let rendered = try prompt.render(variables, over: [])
        view.replaceSubrange(0..<1, with: rendered)
    }
}

extension AgentBackend {
    /// Whether the configuration wants a tool called at this reply.
    func forcesToolCall(atReply index: Int) -> Bool {
        switch forceToolChoice {
        case .always: true
        case .firstTurn: index == 0
        case .never: false
        }
    }
}

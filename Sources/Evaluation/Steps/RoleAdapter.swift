public import JSON

/// What a step runs.
///
/// Value in, value out: everything that it may touch is the episode and the scope.
public protocol RoleAdapter: Sendable {
    /// What it reads and writes.
    var contract: StepContract { get }

    /// Does its work on an episode. Throws ``EvaluationError``; a throw fails this episode, never the run.
    func perform(on episode: inout Episode, in scope: EpisodeScope) async throws
}

/// An implementation that works differently in each of its roles.
public protocol RoleDependent: RoleAdapter {
    /// What it is in this role; asked once, when the plan is made, and put into the plan in its place.
    func playing(_ role: RoleType) -> any RoleAdapter
}

/// The configuration around an adapter: what `role_adapters` says besides the implementation's own parameters.
public struct AdapterBinding: Sendable {
    /// The adapter's id.
    public var id: String
    /// Its role.
    public var role: RoleType
    /// The model that its `backend_id` (or inline `backend`) names.
    public var model: (any ChatModel)?
    /// The agent backend that its `agent_backend_id` names.
    public var agentBackend: AgentBackend?
    /// The renderer that its `prompt_id` names.
    public var prompt: (any PromptRenderer)?
    /// `prompt_params`, for the renderer.
    public var promptParameters: JSONObject
    /// The MCP client that its `mcp_client_id` names, as configured.
    public var mcpClientID: String?
    /// The sandbox profile that its own `sandbox` names; a step that starts a sandbox besides the episode's takes this one.
    public var sandboxProfile: String?

    /// Binds an adapter.
    public init(
        id: String, role: RoleType, model: (any ChatModel)? = nil, agentBackend: AgentBackend? = nil,
        prompt: (any PromptRenderer)? = nil, promptParameters: JSONObject = [:], mcpClientID: String? = nil
    ) {
        self.id = id
        self.role = role
        self.model = model
        self.agentBackend = agentBackend
        self.prompt = prompt
        self.promptParameters = promptParameters
        self.mcpClientID = mcpClientID
    }

    /// The model, or an error that names the missing key.
    public func requireModel() throws(EvaluationError) -> any ChatModel {
        if let model = model ?? agentBackend?.model { return model }
        throw EvaluationError(
            .configurationInvalid, "adapter '\(id)' needs a model", cause: .configuration,
            advice: "give it a 'backend_id' or an 'agent_backend_id'")
    }
}

/// How an agent is driven: a model with a policy about tool choice and sampling.
public struct AgentBackend: Sendable {
    /// When the model is made to call a tool although it was not asked to.
    public enum ForcedToolChoice: String, Sendable, Hashable, ParameterChoice {
        /// At every turn.
        case always
        /// At the first turn.
        case firstTurn = "first_turn"
        /// Never.
        case never
    }

    /// The backend's id.
    public var id: String
    /// The model.
    public var model: any ChatModel
    /// When a tool call is forced.
    public var forceToolChoice: ForcedToolChoice
    /// Sampling parameters for every call.
    public var samplingParameters: JSONObject

    /// Describes an agent backend.
    public init(
        id: String, model: any ChatModel, forceToolChoice: ForcedToolChoice = .never,
        samplingParameters: JSONObject = [:]
    ) {
        self.id = id
        self.model = model
        self.forceToolChoice = forceToolChoice
        self.samplingParameters = samplingParameters
    }
}

/// Turns a prompt template and an episode into messages.
public protocol PromptRenderer: Sendable {
    /// Renders with these variables over the messages that are there. Throws ``EvaluationError``, cause
    /// `configuration`, naming the template and the line.
    func render(_ variables: JSONObject, over messages: [Message]) throws -> [Message]
}

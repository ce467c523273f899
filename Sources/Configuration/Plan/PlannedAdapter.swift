public import Evaluation
public import JSON

/// An adapter with its implementation made and its references named.
public struct PlannedAdapter: Sendable {
    /// The adapter's id.
    public var id: String
    /// Its role.
    public var role: RoleType
    /// The implementation's key.
    public var implementationKey: String
    /// The implementation.
    public var implementation: any RoleAdapter
    /// The backend that `backend_id`, or the inline `backend`, names.
    public var backendID: String?
    /// The agent backend that `agent_backend_id` names.
    public var agentBackendID: String?
    /// The prompt that `prompt_id` names.
    public var promptID: String?
    /// The renderer of that prompt.
    public var prompt: (any PromptRenderer)?
    /// `prompt_params`.
    public var promptParameters: JSONObject
    /// The MCP client that `mcp_client_id` names.
    public var mcpClientID: String?
    /// The sandbox that it asks for.
    public var sandbox: PlannedSandbox?

    /// An adapter without references.
    public init(id: String, role: RoleType, implementationKey: String, implementation: any RoleAdapter) {
        self.id = id
        self.role = role
        self.implementationKey = implementationKey
        self.implementation = implementation
        backendID = nil
        agentBackendID = nil
        promptID = nil
        prompt = nil
        promptParameters = [:]
        mcpClientID = nil
        sandbox = nil
    }
}

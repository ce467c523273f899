public import Evaluation
public import JSON

/// A backend with its factory made.
///
/// The model itself is made when the run starts.
public struct PlannedBackend: Sendable {
    /// The backend's id.
    public var id: String
    /// The backend type's key.
    public var typeKey: String
    /// What makes the model.
    public var factory: any ChatModelFactory
    /// Its settings, secrets redacted.
    public var settings: JSONValue

    /// Plans a backend.
    public init(id: String, typeKey: String, factory: any ChatModelFactory, settings: JSONValue) {
        self.id = id
        self.typeKey = typeKey
        self.factory = factory
        self.settings = settings
    }
}

/// An agent backend: a model with a policy.
public struct PlannedAgentBackend: Sendable {
    /// The agent backend's id.
    public var id: String
    /// The backend that answers.
    public var backendID: String
    /// When a tool call is forced.
    public var forceToolChoice: AgentBackend.ForcedToolChoice
    /// Sampling parameters for every call.
    public var samplingParameters: JSONObject

    /// Plans an agent backend.
    public init(
        id: String, backendID: String, forceToolChoice: AgentBackend.ForcedToolChoice, samplingParameters: JSONObject
    ) {
        self.id = id
        self.backendID = backendID
        self.forceToolChoice = forceToolChoice
        self.samplingParameters = samplingParameters
    }
}

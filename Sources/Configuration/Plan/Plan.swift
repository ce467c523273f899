public import Evaluation
public import JSON

/// The checked, typed step graph that a configuration compiles to.
///
/// Nothing runs that was not planned.
public struct Plan: Sendable {
    /// The configuration's `metadata.name`.
    public var name: String
    /// The configuration's `metadata.description`.
    public var summary: String?
    /// The run's seed.
    public var seed: UInt64
    /// The directory against which relative paths are read.
    public var baseDirectory: String
    /// Environment variables as they were when the configuration was read.
    public var environment: [String: String]
    /// The tasks, in file order.
    public var tasks: [PlannedTask]
    /// The chat models by backend id.
    public var backends: [PlannedBackend]
    /// The agent backends.
    public var agentBackends: [PlannedAgentBackend]
    /// The sandbox profiles.
    public var sandboxProfiles: [PlannedSandboxProfile]
    /// The MCP clients, as configured.
    public var mcpClients: [PlannedMCPClient]
    /// The sections of `summary.json` beside the metrics.
    public var summaryGenerators: [PlannedSummaryGenerator]
    /// The effective configuration, secrets redacted: what the run directory keeps.
    public var resolvedConfiguration: JSONValue
    /// SHA-256 of everything that decides the run's results; a resumed run must have the same.
    public var digest: String

    /// A plan without tasks, to be filled by the compiler.
    public init(name: String, seed: UInt64, baseDirectory: String, environment: [String: String]) {
        self.name = name
        summary = nil
        self.seed = seed
        self.baseDirectory = baseDirectory
        self.environment = environment
        tasks = []
        backends = []
        agentBackends = []
        sandboxProfiles = []
        mcpClients = []
        summaryGenerators = []
        resolvedConfiguration = [:]
        digest = ""
    }
}

/// One task: a data set, the steps that its samples take, and the metrics.
public struct PlannedTask: Sendable {
    /// The task's id.
    public var id: String
    /// Where the samples come from.
    public var dataset: PlannedDataset
    /// The steps, in order, `auto_eval` last.
    public var steps: [PlannedStep]
    /// The metrics of this task.
    public var metrics: [PlannedMetric]
    /// The largest number of samples, counted after preprocessing; nil for all.
    public var maxSamples: Int?
    /// Attempts at each sample that does not say itself how many.
    public var trials: Int
    /// Episodes at once.
    public var concurrency: Int
    /// Samples read ahead of those at work.
    public var prefetch: Int
    /// Whether samples are taken in a shuffled order.
    public var shuffle: Bool
    /// The seed of that order.
    public var shuffleSeed: UInt64
    /// How often an errored episode is attempted again, where its error says that this can help.
    public var maxRetries: Int
    /// The wall-clock limit of one attempt; nil for none.
    public var episodeTimeout: Duration?
    /// Where the task was written.
    public var location: SourceLocation

    /// A task with one trial, one episode at a time.
    public init(id: String, dataset: PlannedDataset, location: SourceLocation) {
        self.id = id
        self.dataset = dataset
        steps = []
        metrics = []
        maxSamples = nil
        trials = 1
        concurrency = 1
        prefetch = 2
        shuffle = false
        shuffleSeed = 123
        maxRetries = 2
        episodeTimeout = nil
        self.location = location
    }
}

/// A data set with its loader and preprocessor made.
public struct PlannedDataset: Sendable {
    /// The data set's id.
    public var id: String
    /// The loader's key.
    public var loaderKey: String
    /// The loader.
    public var loader: any DatasetLoader
    /// `hub_params`.
    public var hubParameters: JSONObject
    /// The preprocessor's key; nil where records already are samples.
    public var preprocessorKey: String?
    /// The preprocessor; nil where records already are samples.
    public var preprocessor: (any Preprocessor)?
    /// Fields merged below every record (`default_params`).
    public var defaultFields: JSONObject

    /// A data set whose records already are samples.
    public init(id: String, loaderKey: String, loader: any DatasetLoader) {
        self.id = id
        self.loaderKey = loaderKey
        self.loader = loader
        hubParameters = [:]
        preprocessorKey = nil
        preprocessor = nil
        defaultFields = [:]
    }
}

/// A step with its adapter made.
public struct PlannedStep: Sendable {
    /// The kind of step.
    public var kind: StepKind
    /// The adapter; nil for `auto_eval`.
    public var adapter: PlannedAdapter?
    /// Where the step was written.
    public var location: SourceLocation

    /// Plans a step.
    public init(kind: StepKind, adapter: PlannedAdapter?, location: SourceLocation) {
        self.kind = kind
        self.adapter = adapter
        self.location = location
    }

    /// The step's name in records and errors: `judge:tau2_judge`, or `auto_eval`.
    public var name: String { adapter.map { "\(kind.rawValue):\($0.id)" } ?? kind.rawValue }
}

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

/// How long a sandbox lives.
public enum SandboxLifecycle: String, Sendable, Hashable, ParameterChoice {
    /// One for the whole run.
    case perRun = "per_run"
    /// A fresh one for each benchmark task, which is each episode.
    case perTask = "per_task"
    /// A fresh one for each episode.
    case perSample = "per_sample"
}

/// An adapter's `sandbox`: a profile, a lifecycle, and what it overrides.
public struct PlannedSandbox: Sendable {
    /// The profile's id.
    public var profileID: String
    /// How long the sandbox lives.
    public var lifecycle: SandboxLifecycle
    /// Profile keys that the adapter overrides.
    public var overrides: JSONObject

    /// Asks for a sandbox.
    public init(profileID: String, lifecycle: SandboxLifecycle, overrides: JSONObject) {
        self.profileID = profileID
        self.lifecycle = lifecycle
        self.overrides = overrides
    }
}

/// A metric with its implementation and aggregation made.
public struct PlannedMetric: Sendable {
    /// The metric's id.
    public var id: String
    /// The implementation's key.
    public var implementationKey: String
    /// The implementation.
    public var metric: any Metric
    /// The aggregation's key.
    public var aggregationKey: String
    /// The aggregation.
    public var aggregation: any Aggregation

    /// Plans a metric.
    public init(
        id: String, implementationKey: String, metric: any Metric, aggregationKey: String,
        aggregation: any Aggregation
    ) {
        self.id = id
        self.implementationKey = implementationKey
        self.metric = metric
        self.aggregationKey = aggregationKey
        self.aggregation = aggregation
    }
}

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

/// A sandbox profile with its runtime made.
public struct PlannedSandboxProfile: Sendable {
    /// The profile's id.
    public var id: String
    /// The runtime's key.
    public var runtimeKey: String
    /// What starts sandboxes.
    public var runtime: any SandboxRuntime
    /// The whole profile.
    public var settings: JSONObject
    /// The largest number at once; nil for as many as episodes ask for.
    public var poolSize: Int?

    /// Plans a profile.
    public init(id: String, runtimeKey: String, runtime: any SandboxRuntime, settings: JSONObject, poolSize: Int?) {
        self.id = id
        self.runtimeKey = runtimeKey
        self.runtime = runtime
        self.settings = settings
        self.poolSize = poolSize
    }
}

/// An MCP client as configured.
public struct PlannedMCPClient: Sendable {
    /// The client's id.
    public var id: String
    /// Its settings.
    public var settings: JSONObject

    /// Plans a client.
    public init(id: String, settings: JSONObject) {
        self.id = id
        self.settings = settings
    }
}

/// A section of `summary.json`.
public struct PlannedSummaryGenerator: Sendable {
    /// The section's key.
    public var id: String
    /// What makes it.
    public var generator: any SummaryGenerator

    /// Plans a section.
    public init(id: String, generator: any SummaryGenerator) {
        self.id = id
        self.generator = generator
    }
}

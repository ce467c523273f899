public import JSON

/// An isolated place to run things, leased from a profile.
///
/// What can be done with one depends on its runtime: kits ask for the protocol or type that they need.
public protocol Sandbox: Sendable {
    /// A name for logs: a container's id, a process group.
    var identifier: String { get }

    /// Whether it can still be used.
    func isAlive() async -> Bool

    /// Ends it and frees what it holds. Never throws; what cannot be freed is reported as an event.
    func stop() async
}

/// Starts sandboxes of one kind from a profile's parameters.
public protocol SandboxRuntime: Sendable {
    /// Starts one. Throws ``EvaluationError``, cause `sandbox`.
    func start(_ request: SandboxRequest) async throws -> any Sandbox
}

/// What a sandbox is started for.
public struct SandboxRequest: Sendable {
    /// The profile's id.
    public var profile: String
    /// The run.
    public var run: RunIdentity
    /// The episode that asks first.
    public var episode: EpisodeID
    /// The profile with the adapter's and the sample's overrides merged in.
    public var settings: JSONObject
    /// The run's chat models, for sandboxes that simulate people.
    public var models: any ModelProvider
    /// Environment variables as they were when the configuration was read.
    public var environment: [String: String]

    /// Asks for a sandbox.
    public init(
        profile: String, run: RunIdentity, episode: EpisodeID, settings: JSONObject, models: any ModelProvider,
        environment: [String: String]
    ) {
        self.profile = profile
        self.run = run
        self.episode = episode
        self.settings = settings
        self.models = models
        self.environment = environment
    }
}

/// The sandboxes that an episode may use.
public protocol SandboxLeases: Sendable {
    /// The episode's sandbox: the one that its agent's `sandbox` names, started at the first call and shared by the
    /// episode's steps. Throws ``EvaluationError``, cause `sandbox` or `configuration`.
    func sandbox() async throws -> any Sandbox

    /// A fresh sandbox from a profile, for this caller alone; ended with the episode.
    func fresh(profile: String) async throws -> any Sandbox
}

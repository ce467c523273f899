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
    /// Where what happens is reported, such as the pull of an image; nil where nobody listens.
    public var events: (any EventSink)?

    /// Asks for a sandbox.
    public init(
        profile: String, run: RunIdentity, episode: EpisodeID, settings: JSONObject, models: any ModelProvider,
        environment: [String: String], events: (any EventSink)? = nil
    ) {
        self.profile = profile
        self.run = run
        self.episode = episode
        self.settings = settings
        self.models = models
        self.environment = environment
        self.events = events
    }
}

/// The sandboxes that an episode may use.
public protocol SandboxLeases: Sendable {
    /// The episode's sandbox: the one that its agent's `sandbox` names, started at the first call and shared by the
    /// episode's steps. Throws ``EvaluationError``, cause `sandbox` or `configuration`.
    func sandbox() async throws -> any Sandbox

    /// The profile of the episode's sandbox; nil where no adapter names one.
    var profile: String? { get }

    /// A fresh sandbox from a profile, for this caller alone; ended with the episode.
    func fresh(profile: String) async throws -> any Sandbox

    /// A fresh sandbox from a profile with these settings over the profile's own, the adapter's and the sample's.
    ///
    /// For a judge that says which image, network and limits it needs. Leases that know no settings refuse them.
    func fresh(profile: String, overrides: JSONObject) async throws -> any Sandbox
}

extension SandboxLeases {
    /// None.
    public var profile: String? { nil }

    /// A fresh sandbox; throws ``EvaluationError``, cause `gage`, when there are overrides.
    public func fresh(profile: String, overrides: JSONObject) async throws -> any Sandbox {
        guard overrides.isEmpty else {
            throw EvaluationError(.unexpected, "these sandbox leases take no overrides", cause: .gage)
        }
        return try await fresh(profile: profile)
    }
}

extension EvaluationError.Code {
    /// A sandbox's image is neither here nor to be had.
    public static let sandboxImageMissing = Self("sandbox.image_missing")
    /// A sandbox's image could not be pulled.
    public static let sandboxPullFailed = Self("sandbox.image_pull_failed")
    /// A registry refuses to give images for now.
    public static let sandboxRateLimited = Self("sandbox.image_rate_limited")
    /// An image is not for the platform that was asked for.
    public static let sandboxPlatform = Self("sandbox.platform")
    /// The container engine cannot be reached, or stopped answering.
    public static let sandboxEngineLost = Self("sandbox.engine_lost")
    /// A sandbox could not be made or started.
    public static let sandboxStartFailed = Self("sandbox.start_failed")
    /// A port that a sandbox needs is taken.
    public static let sandboxPortTaken = Self("sandbox.port_taken")
    /// A sandbox's services did not answer in time.
    public static let sandboxNotReady = Self("sandbox.not_ready")
    /// A sandbox ended while it was needed.
    public static let sandboxDied = Self("sandbox.died")
}

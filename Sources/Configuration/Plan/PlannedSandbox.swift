public import Evaluation
public import JSON

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

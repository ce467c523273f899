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
    /// Finds files that a relative path may mean; paths in the configuration are already resolved.
    public var paths: PathResolver
    /// The tasks, in file order.
    public var tasks: [PlannedTask]
    /// The chat models by backend id.
    public var backends: [PlannedBackend]
    /// The agent backends.
    public var agentBackends: [PlannedAgentBackend]
    /// The sandbox profiles.
    public var sandboxProfiles: [PlannedSandboxProfile]
    /// The MCP clients.
    public var mcpClients: [PlannedMCPClient]
    /// The sections of `summary.json` beside the metrics.
    public var summaryGenerators: [PlannedSummaryGenerator]
    /// What the run may use; nil for anything.
    public var budget: PlannedBudget?
    /// The cache of model replies; nil where none was asked for.
    public var cache: PlannedCache?
    /// The secrets in the configuration and in the variables that it names, to be kept out of what a run writes.
    public var secrets: [String]
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
        paths = PathResolver(baseDirectory: baseDirectory, file: nil)
        tasks = []
        backends = []
        agentBackends = []
        sandboxProfiles = []
        mcpClients = []
        summaryGenerators = []
        budget = nil
        cache = nil
        secrets = []
        resolvedConfiguration = [:]
        digest = ""
    }
}

/// Every component that configurations can name, by kind and key.
public struct Registry: Sendable {
    /// `datasets[].loader`.
    public var datasetLoaders = RegistryTable<any DatasetLoader>(kind: "dataset loader")
    /// `datasets[].params.preprocess`.
    public var preprocessors = RegistryTable<any Preprocessor>(kind: "preprocessor")
    /// `backends[].type`.
    public var backends = RegistryTable<any ChatModelFactory>(kind: "backend type")
    /// `role_adapters[].params.implementation`, or the role type itself where a role has one implementation.
    public var roles = RegistryTable<any RoleAdapter>(kind: "role implementation")
    /// `prompts[].renderer`; the block is the whole prompt entry.
    public var promptRenderers = RegistryTable<any PromptRenderer>(kind: "prompt renderer")
    /// Prompts that `prompt_id` can name without a `prompts` entry; the block is always empty.
    public var catalogPrompts = RegistryTable<any PromptRenderer>(kind: "catalog prompt")
    /// `sandbox_profiles[].runtime`; the block is the merged profile.
    public var sandboxRuntimes = RegistryTable<any SandboxRuntime>(kind: "sandbox runtime")
    /// `mcp_clients[].transport`; the block is the whole entry but for what holds for every transport.
    public var toolTransports = RegistryTable<any ToolTransport>(kind: "MCP transport")
    /// `metrics[].implementation`.
    public var metrics = RegistryTable<any Metric>(kind: "metric")
    /// `metrics[].aggregation`.
    public var aggregations = RegistryTable<any Aggregation>(kind: "aggregation")
    /// `role_adapters[].params.pre_hooks` and `post_hooks` of agents.
    public var hooks = RegistryTable<any AgentHook>(kind: "agent hook")
    /// `summary_generators[]`.
    public var summaryGenerators = RegistryTable<any SummaryGenerator>(kind: "summary generator")
    /// The names of the kits that were registered.
    public private(set) var kits: [String] = []

    /// Registers these kits.
    public init(kits: [any Kit]) {
        for kit in kits {
            self.kits.append(kit.name)
            kit.register(in: &self)
        }
    }
}

/// A set of components that belong together: the built-in ones, one benchmark's, or a user's own.
public protocol Kit: Sendable {
    /// The kit's name.
    var name: String { get }

    /// Adds the kit's components.
    func register(in registry: inout Registry)
}

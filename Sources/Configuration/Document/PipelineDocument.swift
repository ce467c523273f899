import Evaluation

/// A whole `PipelineConfig`, typed.
struct PipelineDocument: Parameters {
    var apiVersion: String?
    var kind = "PipelineConfig"
    var metadata = MetadataBlock()
    var seed = 0
    var custom = CustomSteps()
    var builtin: BuiltinReference?
    var prompts = Section<PromptEntry>()
    var datasets = Section<DatasetEntry>()
    var models = Section<ModelEntry>()
    var backends = Section<BackendEntry>()
    var agentBackends = Section<AgentBackendEntry>()
    var sandboxProfiles = Section<SandboxProfileEntry>()
    var mcpClients = Section<MCPClientEntry>()
    var roleAdapters = Section<RoleAdapterEntry>()
    var metrics = Section<MetricEntry>()
    var summaryGenerators = Section<SummaryGeneratorEntry>()
    var tasks = Section<TaskEntry>()
    var budget: BudgetBlock?
    var cache: CacheEntry?
    var observability: ObservabilityBlock?

    static let apiVersions = ["gage/v1", "gage/v1alpha1"]

    static var fields: [ParameterField<Self>] {
        [
            .init("api_version", \.apiVersion, "The version of this format.") { $0.allowed = apiVersions },
            .init("kind", \.kind, "What the document is.") { $0.allowed = ["PipelineConfig"] },
            .init("metadata", \.metadata, "What the configuration is called and for."),
            .init("seed", \.seed, "The seed that every random choice of the run derives from.") { $0.minimum = 0 },
            .init("custom", \.custom, "Steps for the tasks that list none."),
            .init("builtin", \.builtin, "A template whose sections hold where this document has none."),
            .init("prompts", \.prompts, "Prompt templates."),
            .init("datasets", \.datasets, "Where samples come from.") { $0.isRequired = true },
            .init("models", \.models, "Model files, for in-process engines."),
            .init("backends", \.backends, "The models that can be asked."),
            .init("agent_backends", \.agentBackends, "How agents are driven by models."),
            .init("sandbox_profiles", \.sandboxProfiles, "Isolated places to run things."),
            .init("mcp_clients", \.mcpClients, "Servers that offer tools over the Model Context Protocol."),
            .init("role_adapters", \.roleAdapters, "Who does what in the steps.") { $0.isRequired = true },
            .init("metrics", \.metrics, "What is measured on every episode, and how it is summed up."),
            .init("summary_generators", \.summaryGenerators, "Sections of summary.json; all that apply by default."),
            .init("tasks", \.tasks, "Which data set takes which steps."),
            .init("budget", \.budget, "What the run may use before it stops."),
            .init("cache", \.cache, "Whether replies of models are kept and used again, and where."),
            .init("observability", \.observability, "What older versions logged."),
        ]
    }
}

/// The `metadata` of a document.
struct MetadataBlock: Parameters {
    var name: String?
    var description: String?
    var version: IdentifierText?
    var tags: [String] = []

    static var fields: [ParameterField<Self>] {
        [
            .init("name", \.name, "The configuration's name."),
            .init("description", \.description, "What it is for, in a sentence or two."),
            .init("version", \.version, "The configuration's own version."),
            .init("tags", \.tags, "Words to find it by."),
        ]
    }
}

/// The `custom` block.
struct CustomSteps: Parameters {
    var steps = Section<StepEntry>()

    static var fields: [ParameterField<Self>] {
        [.init("steps", \.steps, "The steps of every task that lists none.")]
    }
}

/// The `builtin` block; templates are expanded before a document is read, so that it is only checked here.
struct BuiltinReference: Parameters {
    var pipelineID: String?
    var params = Block()

    static var fields: [ParameterField<Self>] {
        [
            .init("pipeline_id", \.pipelineID, "The template's name, as in config/builtin_templates/NAME.") {
                $0.isRequired = true
            },
            .init("params", \.params, "What to override in it, as `runtime` of a RunConfig.") { $0.aliases = ["args"] },
        ]
    }
}

/// The `observability` block.
struct ObservabilityBlock: Parameters {
    var enabled: Bool?
    var defaultSampleRate: Double?
    var sampleRate: [String: Double] = [:]
    var bufferSize: Int?
    var logFirstN: Int?
    var forceSamples: [IdentifierText] = []

    static var fields: [ParameterField<Self>] {
        let reason = "every event is written"
        return [
            .init("enabled", \.enabled, "Whether events are recorded.") { $0.ignoredBecause = reason },
            .init("default_sample_rate", \.defaultSampleRate, "Which share of events is recorded.") {
                $0.ignoredBecause = reason
            },
            .init("sample_rate", \.sampleRate, "The share by event.") { $0.ignoredBecause = reason },
            .init("buffer_size", \.bufferSize, "How many events are held back.") { $0.ignoredBecause = reason },
            .init("log_first_n", \.logFirstN, "How many events are always recorded.") { $0.ignoredBecause = reason },
            .init("force_samples", \.forceSamples, "Samples whose events are always recorded.") {
                $0.ignoredBecause = reason
            },
        ]
    }
}

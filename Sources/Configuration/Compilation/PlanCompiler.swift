import Evaluation
import JSON

/// Compiles a decoded document to a plan, reporting everything that is wrong with it.
///
/// A part that is wrong is reported and left out, and the others are still looked at; a plan comes out only when
/// nothing was wrong.
struct PlanCompiler {
    /// What compiling needs to know besides the document.
    struct Context: Sendable {
        let registry: Registry
        let environment: [String: String]
        let baseDirectory: String
        let paths: PathResolver
        /// The plan's name where the document has none.
        let fallbackName: String
    }

    let context: Context
    let root: ConfigNode
    let document: PipelineDocument
    var diagnostics: Diagnostics
    /// What became known of the mappings that the document's types leave open.
    var blocks = BlockSchemas()
    /// The ids that something refers to.
    var used: [ReferenceKind: Set<String>] = [:]

    var datasets: [String: PlannedDataset] = [:]
    var backends: [PlannedBackend] = []
    var agentBackends: [PlannedAgentBackend] = []
    var prompts: [String: any PromptRenderer] = [:]
    var sandboxProfiles: [PlannedSandboxProfile] = []
    var mcpClients: [PlannedMCPClient] = []
    var metrics: [PlannedMetric] = []
    var adapterContracts: [String: StepContract] = [:]

    var registry: Registry { context.registry }

    /// Compiles a document; the second result says what its open mappings turned out to be.
    static func compile(
        _ root: ConfigNode, in context: Context, into diagnostics: inout Diagnostics
    ) -> (plan: Plan?, blocks: BlockSchemas) {
        guard let document = PipelineDocument.decode(root, into: &diagnostics) else { return (nil, BlockSchemas()) }
        var compiler = PlanCompiler(context: context, root: root, document: document, diagnostics: diagnostics)
        let plan = compiler.compile()
        diagnostics = compiler.diagnostics
        return (diagnostics.hasErrors ? nil : plan, compiler.blocks)
    }

    private mutating func compile() -> Plan {
        checkIdentities()
        planDatasets()
        planBackends()
        planAgentBackends()
        planPrompts()
        planSandboxProfiles()
        planMCPClients()
        planMetrics()
        let tasks = planTasks()
        checkIdleAdapters()
        let summaryGenerators = planSummaryGenerators()
        checkReferences()
        reportUnused()

        var plan = Plan(
            name: document.metadata.name ?? context.fallbackName, seed: UInt64(max(0, document.seed)),
            baseDirectory: context.baseDirectory, environment: context.environment)
        plan.summary = document.metadata.description
        plan.paths = context.paths
        plan.tasks = tasks
        plan.backends = backends
        plan.agentBackends = agentBackends
        plan.sandboxProfiles = sandboxProfiles
        plan.mcpClients = mcpClients
        plan.summaryGenerators = summaryGenerators
        plan.budget = PlannedBudget(document.budget)
        plan.cache = PlannedCache(
            document.cache, baseDirectory: context.baseDirectory, environment: context.environment)
        plan.secrets = SecretValues.of(
            root, as: PipelineDocument.schema, walk: SchemaWalk(blocks: blocks), environment: context.environment)
        plan.resolvedConfiguration = effective(root, as: PipelineDocument.schema).json
        plan.digest = PlanDigest.digest(of: plan.resolvedConfiguration, seed: plan.seed)
        return plan
    }

    /// A node as it may be shown.
    func effective(_ node: ConfigNode, as schema: ParameterSchema) -> ConfigNode {
        EffectiveTree(walk: SchemaWalk(blocks: blocks)).shown(node, as: schema)
    }
}

extension PlanCompiler {
    /// Refuses ids that two entries of a section share.
    private mutating func checkIdentities() {
        checkIdentities(document.prompts)
        checkIdentities(document.datasets)
        checkIdentities(document.models)
        checkIdentities(document.backends)
        checkIdentities(document.agentBackends)
        checkIdentities(document.sandboxProfiles)
        checkIdentities(document.mcpClients)
        checkIdentities(document.roleAdapters)
        checkIdentities(document.metrics)
        checkIdentities(document.summaryGenerators)
        checkIdentities(document.tasks)
    }

    mutating func checkIdentities<Value: Identified>(_ section: Section<Value>) {
        var first: [String: ConfigNode] = [:]
        for entry in section.entries where !entry.value.id.isEmpty {
            let node = entry.field(Value.idKey) ?? entry.node
            if let earlier = first[entry.value.id] {
                diagnostics.error(
                    "two entries have the \(Value.idKey) '\(entry.value.id)'", at: node,
                    advice: "the first is at \(earlier.location)")
            } else {
                first[entry.value.id] = node
            }
        }
    }
}

public import Evaluation
public import Transport

/// AppWorld: what configurations can name of it.
public struct AppWorldKit: Kit {
    /// The kit's name.
    public let name = "appworld"
    private let servers: AppWorldServers

    /// Makes the kit; servers that a configuration names are reached through this client.
    public init(client: HTTPClient) { servers = AppWorldServers(client: client) }

    /// Adds the components.
    public func register(in registry: inout Registry) {
        registry.preprocessors.register(
            Registration(
                "appworld_preprocessor", summary: "Turns exported AppWorld tasks into samples, without ground truth.",
                parameters: PreprocessorParameters.self
            ) { AppWorldPreprocessor(parameters: $0) })
        registerRoles(in: &registry)
        registerHooks(in: &registry)
        registerPrompts(in: &registry)
        registerMetrics(in: &registry)
        registry.backends.register(
            Registration(
                "appworld_scripted", summary: "AppWorld agents whose steps are written down, for trying things out.",
                parameters: ScriptedAgentsParameters.self
            ) { ScriptedAgentsFactory(parameters: $0) })
        let occupied = Watched<Set<String>>([])
        registry.sandboxRuntimes.register(
            Registration(
                "appworld_remote", summary: "AppWorld servers that run elsewhere, for one task after the other.",
                parameters: RemoteServersParameters.self
            ) { RemoteServersRuntime(parameters: $0, occupied: occupied) })
    }

    private func registerRoles(in registry: inout Registry) {
        let servers = servers
        registry.roles.register(
            Registration(
                "appworld_api_docs", roles: [.contextProvider],
                summary: "Finds out which apps and interfaces AppWorld offers.", parameters: APIDocsParameters.self
            ) { APIDocsRole(parameters: $0, servers: servers) })
        registry.roles.register(
            Registration(
                "appworld_api_predictor", roles: [.helperModel],
                summary: "Asks a model which of AppWorld's interfaces a task needs.",
                parameters: APIPredictorParameters.self
            ) { APIPredictorRole(parameters: $0) })
        registry.roles.register(
            Registration(
                "appworld_code", roles: [.contextProvider],
                summary: "Lets the agent work in AppWorld by writing programs.", parameters: CodeParameters.self
            ) { CodeRole(parameters: $0, servers: servers) })
        registry.roles.register(
            Registration(
                "appworld_evaluate", roles: [.judgeExtend],
                summary: "Lets AppWorld say whether a task is done.", parameters: EvaluateParameters.self
            ) { EvaluateJudge(parameters: $0) })
    }

    private func registerHooks(in registry: inout Registry) {
        let servers = servers
        registry.hooks.register(
            Registration(
                "appworld_initialize", aliases: ["appworld_init", "appworld_pre"],
                summary: "Opens the task's world in AppWorld.", parameters: InitializeParameters.self
            ) { InitializeHook($0, servers: servers) })
        registry.hooks.register(
            Registration(
                "appworld_save", aliases: ["appworld_post"], summary: "Saves the task's world for its evaluation.",
                parameters: SaveParameters.self
            ) { SaveHook(parameters: $0, servers: servers) })
    }

    private func registerPrompts(in registry: inout Registry) {
        registry.catalogPrompts.register(
            Registration("dut/appworld@v1", summary: "Instructions for an AppWorld agent that calls tools.") {
                AgentPrompt()
            })
        registry.catalogPrompts.register(
            Registration("dut/appworld_code@v1", summary: "Instructions for an AppWorld agent that writes programs.") {
                CodePrompt()
            })
        registry.catalogPrompts.register(
            Registration(
                "helper/appworld_api_predictor@v1", summary: "Asks which of AppWorld's interfaces a task needs."
            ) { PredictorPrompt() })
    }

    private func registerMetrics(in registry: inout Registry) {
        for quantity in AppWorldMetric.Quantity.allCases {
            registry.metrics.register(
                Registration(quantity.key, summary: quantity.summary) { AppWorldMetric(quantity: quantity) })
        }
        registry.metrics.register(
            Registration(
                DifficultyMetric.key, summary: "How difficult an AppWorld task is, for categorical_count.",
                parameters: DifficultyParameters.self
            ) { DifficultyMetric(parameters: $0) })
        registry.summaryGenerators.register(
            Registration(
                AppWorldSummary.key, summary: "AppWorld's task and scenario goal completion, with intervals."
            ) { AppWorldSummary() })
    }
}

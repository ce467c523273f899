public import Evaluation

/// ProactiveLLM: what configurations can name of it.
public struct ProactiveKit: Kit {
    /// The kit's name.
    public let name = "proactive"

    /// Makes the kit.
    public init() {}

    /// Adds the components.
    public func register(in registry: inout Registry) {
        registry.datasetLoaders.register(
            Registration(
                "proactive_states",
                summary: "States of ProactiveLLM, made up or from a file, with the users they meet.",
                parameters: StatesParameters.self
            ) { try StatesLoader($0) })
        registry.preprocessors.register(
            Registration(
                "proactive_preprocessor", summary: "Turns states of ProactiveLLM into samples.",
                parameters: PreprocessorParameters.self
            ) { try StatesPreprocessor($0) })
        registerRoles(in: &registry)
        registry.summaryGenerators.register(
            Registration(
                ProactiveSummary.key,
                summary: "ProactiveLLM: rewards by user and action, preference pairs, a policy trained on them.",
                parameters: SummaryParameters.self
            ) { ProactiveSummary(parameters: $0) })
        for quantity in ProactiveMetric.Quantity.allCases {
            registry.metrics.register(
                Registration(quantity.rawValue, summary: quantity.summary) { ProactiveMetric(quantity: quantity) })
        }
    }

    private func registerRoles(in registry: inout Registry) {
        registry.roles.register(
            Registration(
                "proactive_user", roles: [.contextProvider, .helperModel],
                summary: "Prepares ProactiveLLM's simulated user.", parameters: UserParameters.self
            ) { UserRole(parameters: $0) })
        registry.roles.register(
            Registration(
                "proactive_rollout", roles: [.dutAgent],
                summary: "Generates what the assistant says at a state, and what else it could do.",
                parameters: GenerationParameters.self
            ) { RolloutRole(parameters: $0) })
        registry.roles.register(
            Registration(
                "proactive_task_reward", roles: [.judgeExtend],
                summary: "Scores the task of every trajectory, code by its tests.",
                parameters: TaskRewardParameters.self
            ) { TaskRewardJudge($0) })
        registry.roles.register(
            Registration(
                "proactive_interrupt_cost", roles: [.judgeExtend],
                summary: "What asking cost the user on every trajectory, and the reward.",
                parameters: RewardParameters.self
            ) { InterruptCostJudge(parameters: $0) })
    }
}

public import Evaluation

/// The components that belong to no benchmark: the agent loop, single-call models, toolchain, prompts, plain metrics.
public struct BuiltinKit: Kit {
    /// The kit's name.
    public let name = "builtin"

    /// Makes the kit.
    public init() {}

    /// Adds the components.
    public func register(in registry: inout Registry) {
        registerRoles(in: &registry)
        registerPrompts(in: &registry)
        registerMetrics(in: &registry)
        registerPrograms(in: &registry)
        registry.preprocessors.register(
            Registration(
                "default", summary: "Turns plain question-and-answer records into samples.",
                parameters: DefaultPreprocessorParameters.self
            ) { DefaultPreprocessor(parameters: $0) })
    }

    private func registerRoles(in registry: inout Registry) {
        registry.roles.register(
            Registration(
                "dut_agent", roles: [.dutAgent],
                summary: "The evaluated agent: a model in a loop with tools, hooks and, where there is one, a user.",
                parameters: AgentParameters.self
            ) { AgentRole($0) })
        registry.roles.register(
            Registration(
                "dut_model", roles: [.dutModel], summary: "The evaluated model, asked once.",
                parameters: ModelRoleParameters.self
            ) { ModelRole(parameters: $0) })
        registry.roles.register(
            Registration(
                "judge_model", roles: [.judgeModel], summary: "A model that reads the answer and decides.",
                parameters: JudgeModelParameters.self
            ) { JudgeModelRole(parameters: $0) })
        registry.roles.register(
            Registration(
                "toolchain", roles: [.toolchain], summary: "Decides which tools the agent sees.",
                parameters: ToolchainParameters.self
            ) { try ToolchainRole($0) })
    }

    private func registerPrompts(in registry: inout Registry) {
        registry.promptRenderers.register(
            Registration(
                "passthrough", aliases: ["raw"], summary: "The sample's own messages.", parameters: PromptEntry.self
            ) { _ in PassthroughRenderer() })
        registry.promptRenderers.register(
            Registration(
                "jinja", aliases: ["jinja2"], summary: "The rendered text stands above the sample's messages.",
                parameters: PromptEntry.self
            ) { JinjaRenderer(template: try PromptTemplate($0)) })
        registry.promptRenderers.register(
            Registration(
                "jinja_chat", aliases: ["chat_jinja", "chat"],
                summary: "The rendered text is one message of a role, before the sample's messages.",
                parameters: PromptEntry.self
            ) { try JinjaChatRenderer($0) })
        registry.promptRenderers.register(
            Registration(
                "jinja_delimited_chat", aliases: ["delimited_jinja_chat", "delimited_chat"],
                summary: "The rendered text is cut into messages at delimiter lines.", parameters: PromptEntry.self
            ) { try DelimitedChatRenderer($0) })
    }

    private func registerMetrics(in registry: inout Registry) {
        let answers: [(String, [String], AnswerMetric.Comparison, String)] = [
            ("exact_match", [], .exact, "Whether the answer is the right one."),
            ("contains", ["text_contains"], .contains, "Whether the answer contains the right one."),
            ("multi_choice_accuracy", ["multi_choice_acc"], .choice, "Whether the answer names the right choice."),
            ("numeric_match", [], .numeric, "Whether the answer's last number is the right one."),
        ]
        for (key, aliases, comparison, summary) in answers {
            registry.metrics.register(
                Registration(key, aliases: aliases, summary: summary, parameters: AnswerParameters.self) {
                    try AnswerMetric(comparison, $0)
                })
        }
        registry.metrics.register(
            Registration(
                "regex_match", summary: "Whether the answer matches the label as a regular expression.",
                parameters: AnswerParameters.self
            ) { RegexMetric(parameters: $0) })
        registry.metrics.register(
            Registration(
                "judge_field", summary: "A number or true/false that a judge found.",
                parameters: JudgeFieldParameters.self
            ) { JudgeFieldMetric(parameters: $0) })
        registry.metrics.register(
            Registration("turns", summary: "How many replies the agent gave.") { TrajectoryMetric(quantity: .turns) })
        registry.metrics.register(
            Registration("latency", summary: "Seconds spent waiting for the agent's model.") {
                TrajectoryMetric(quantity: .latency)
            })
        registerAggregations(in: &registry)
    }

    private func registerAggregations(in registry: inout Registry) {
        registry.aggregations.register(
            Registration("mean", summary: "The mean, with an interval.") { MeanAggregation(isWeighted: false) })
        registry.aggregations.register(
            Registration("weighted_mean", summary: "The mean weighed by metadata.weight.") {
                MeanAggregation(isWeighted: true)
            })
        registry.aggregations.register(
            Registration("identity", summary: "No aggregation; values stand per episode.") { IdentityAggregation() })
        registry.aggregations.register(
            Registration(
                "categorical_count", summary: "How many episodes have each category.",
                parameters: CategoryParameters.self
            ) { CategoricalCountAggregation(parameters: $0) })
        registry.aggregations.register(
            Registration(
                "pass_at_k", summary: "The chance that at least one of k trials succeeds.",
                parameters: PassParameters.self
            ) { PassAggregation(kind: .atLeastOne, parameters: $0) })
        registry.aggregations.register(
            Registration(
                "pass_hat_k", summary: "The chance that all of k trials succeed.", parameters: PassParameters.self
            ) { PassAggregation(kind: .all, parameters: $0) })
    }
}

public import Evaluation
public import JSON

/// The `runtime_configs` of a sandbox profile with runtime `tau_bench`: who talks, and for how long.
public struct Tau1Settings: Parameters {
    /// The directory with the official data.
    public var dataDirectory: String?
    /// How the agent is driven.
    public var agentStrategy = Tau1AgentStrategy.toolCalling
    /// Who plays the user.
    public var userStrategy = Tau1UserStrategy.llm
    /// The model that plays the user, by a LiteLLM-style name.
    public var userModel: String?
    /// The provider of the user's model, by its LiteLLM name.
    public var userModelProvider: String?
    /// Parameters of the user's model.
    public var userModelArguments: JSONObject?
    /// The backend that plays the user.
    public var userBackend: String?
    /// What of the official user simulators' oddities is kept.
    public var userHabits = Tau1UserHabits.official
    /// The agent's turns after which a dialogue has failed.
    public var maxTurns = 30
    /// The file with the examples of the few-shot agent.
    public var displaysPath: String?
    /// How many examples the few-shot agent is shown.
    public var displayCount = 5
    /// Whether the user's model gets the trial's seed; official runs give it none.
    public var seedsUser = false
    /// How the user behaves besides following the instruction.
    public var userVariant: String?
    /// The file that describes the variants.
    public var userVariantsPath: String?
    /// The longest time of a dialogue in seconds.
    public var timeout: Double?

    /// The official command's settings.
    public init() {}

    /// The keys.
    public static var fields: [ParameterField<Self>] {
        [
            .init("data_dir", \.dataDirectory, "The directory with the official τ-bench data.") {
                $0.aliases = ["tau_bench_data_dir"]
            },
            .init("agent_strategy", \.agentStrategy, "How the agent is driven."),
            .init("user_strategy", \.userStrategy, "Who plays the user."),
            .init("user_model", \.userModel, "The model that plays the user, by a LiteLLM-style name.") {
                $0.aliases = ["user_llm"]
            },
            .init(
                "user_model_provider", \.userModelProvider, "The provider of 'user_model', where its name has none."),
            .init(
                "user_model_args", \.userModelArguments,
                "Parameters of the user's model; none if not given, as officially."
            ) { $0.aliases = ["user_llm_args"] },
            .init("user_backend_id", \.userBackend, "The backend that plays the user, instead of 'user_model'.") {
                $0.reference = .backend
            },
            .init(
                "user_habits", \.userHabits,
                "official keeps the simulators' oddities; mended keeps thoughts from the agent and the history right."),
            .init("max_num_steps", \.maxTurns, "The agent's turns after which a dialogue has failed.") {
                $0.minimum = 1
            },
            .init(
                "few_shot_displays_path", \.displaysPath,
                "Examples for the few-shot agent, JSONL with 'messages_display'; those of the data directory if not given."
            ),
            .init("num_few_shots", \.displayCount, "How many examples the few-shot agent is shown.") { $0.minimum = 1 },
            .init(
                "user_seeds", \.seedsUser,
                "Whether the user's model gets the data set's seed plus the trial as its seed; officially it gets none."
            ),
            .init("user_variant", \.userVariant, "How the user behaves besides following the instruction."),
            .init("user_variants_path", \.userVariantsPath, "The file that describes the user variants."),
            .init("timeout", \.timeout, "The longest time of a dialogue in seconds.") { $0.minimum = 0 },
        ]
    }

    /// Reports settings that exclude each other.
    public func validate(at node: ConfigNode, into diagnostics: inout Diagnostics) {
        if userModel != nil, userBackend != nil {
            diagnostics.error("'user_model' and 'user_backend_id' both name the user's model", at: node)
        }
        if userModelProvider != nil, userModel == nil {
            diagnostics.error("'user_model_provider' needs a 'user_model'", at: node)
        }
        if userStrategy == .human, userModel != nil || userBackend != nil {
            diagnostics.note("no model plays the user: 'user_strategy' is human", at: node)
        }
        if userVariant != nil, let alias = userStrategy.variantAlias {
            diagnostics.error(
                "'user_variant' and the user_strategy '\(alias)' both say how the user behaves", at: node,
                advice: "write user_strategy: llm")
        }
        UserVariantCatalog.check(userVariant, path: userVariantsPath, at: node, into: &diagnostics)
    }

    /// The user's model with its provider before it.
    var userModelName: String? {
        guard let userModel, let provider = userModelProvider, !userModel.hasPrefix("\(provider)/") else {
            return userModel
        }
        return "\(provider)/\(userModel)"
    }
}

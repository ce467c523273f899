public import Evaluation
public import JSON

/// The `runtime_configs` of a sandbox profile with runtime `tau2`: how a dialogue is led.
public struct Tau2Settings: Tau2JudgeChoosing {
    /// Which of the official agents is imitated.
    public enum AgentKind: String, ParameterChoice {
        /// Talks with the user and calls tools.
        case ordinary = "llm_agent"
        /// Is given the expected actions besides.
        case groundTruth = "llm_agent_gt"
        /// Works alone on a ticket.
        case solo = "llm_agent_solo"
    }

    /// The directory with the official data.
    public var dataDirectory: String?
    /// Steps after which a dialogue has failed.
    public var maxSteps = 200
    /// Failed tool calls after which a dialogue has failed.
    public var maxErrors = 10
    /// The tool with which the agent speaks to the user; nil for plain messages.
    public var respondToolName: String?
    /// The model that plays the user, by a LiteLLM-style name.
    public var userModel: String?
    /// Parameters of the user's model.
    public var userModelArguments: JSONObject?
    /// The backend that plays the user.
    public var userBackend: String?
    /// How the user behaves besides following its instructions.
    public var userVariant: String?
    /// The file in which ``userVariant`` stands; nil for gage's own.
    public var userVariantsPath: String?
    /// The judge of natural-language assertions.
    public var judge = Tau2JudgeChoice()
    /// Which of the official agents is imitated.
    public var agentKind = AgentKind.ordinary
    /// Whether the agent works alone on a ticket.
    public var solo = false
    /// Whether text beside tool calls ends a dialogue.
    public var enforcesProtocol = false
    /// The longest time of a dialogue in seconds.
    public var timeout: Double?

    /// The official command's settings.
    public init() {}

    /// The keys.
    public static var fields: [ParameterField<Self>] {
        [
            .init("data_dir", \.dataDirectory, "The directory with the official tau2 data.") {
                $0.aliases = ["tau2_data_dir"]
            },
            .init("max_steps", \.maxSteps, "Steps (hops of a message) after which a dialogue has failed.") {
                $0.minimum = 1
            },
            .init("max_errors", \.maxErrors, "Failed tool calls, over the whole dialogue, after which it has failed.") {
                $0.minimum = 1
            },
            .init(
                "respond_tool_name", \.respondToolName,
                "The tool with which the agent speaks to the user; without it the agent's plain text is the message."),
            .init("user_model", \.userModel, "The model that plays the user, by a LiteLLM-style name.") {
                $0.aliases = ["user_llm"]
            },
            .init(
                "user_model_args", \.userModelArguments,
                "Parameters of the user's model; temperature 0 if not given, as officially."
            ) { $0.aliases = ["user_llm_args"] },
            .init("user_backend_id", \.userBackend, "The backend that plays the user, instead of 'user_model'.") {
                $0.reference = .backend
            },
            .init(
                "user_variant", \.userVariant,
                "How the user behaves besides following its instructions: control, frustration, anxiety, …"),
            .init(
                "user_variants_path", \.userVariantsPath,
                "The YAML file in which the variant stands; gage's own variants if not given."),
            .init("agent", \.agentKind, "Which of the official agents is imitated."),
            .init("solo", \.solo, "Whether the agent works alone on a ticket: the same as agent: llm_agent_solo."),
            .init(
                "enforce_communication_protocol", \.enforcesProtocol,
                "Whether text beside tool calls ends a dialogue as its author's error."),
            .init("timeout", \.timeout, "The longest time of a dialogue in seconds.") { $0.minimum = 0 },
        ] + judgeFields
    }

    /// Reports settings that exclude each other.
    public func validate(at node: ConfigNode, into diagnostics: inout Diagnostics) {
        if userModel != nil, userBackend != nil {
            diagnostics.error("'user_model' and 'user_backend_id' both name the user's model", at: node)
        }
        if solo, agentKind == .groundTruth {
            diagnostics.error("'solo' and agent 'llm_agent_gt' exclude each other", at: node)
        }
        UserVariantCatalog.check(userVariant, path: userVariantsPath, at: node, into: &diagnostics)
        if isSolo, respondToolName != nil {
            diagnostics.note("'respond_tool_name' has no effect: an agent that works alone has no user", at: node)
        }
    }

    /// Whether the agent works alone.
    var isSolo: Bool { solo || agentKind == .solo }

    /// The parameters of the user's model: as officially where none are given, unless a backend has its own.
    var userArguments: JSONObject { userModelArguments ?? (userBackend == nil ? ["temperature": 0.0] : [:]) }

    /// The limits as the rules take them.
    var limits: Tau2Rules.Limits {
        var limits = Tau2Rules.Limits()
        limits.maxSteps = maxSteps
        limits.maxErrors = maxErrors
        limits.enforcesProtocol = enforcesProtocol
        return limits
    }
}

public import Evaluation

/// The `config` block of a `vllm_server` backend: how the server is started, and how it is called then.
public struct VLLMServerParameters: Parameters {
    /// How the server is called; its `model` is also the model that the server is started with.
    public var calls = OpenAIHTTPParameters()
    /// The program and its first arguments.
    public var command = ["vllm", "serve"]
    /// The name under which the server offers the model.
    public var servedModelName: String?
    /// The address that the server listens on.
    public var host = "127.0.0.1"
    /// The port that the server listens on; 0 for a free one.
    public var port = 0
    /// The share of the GPU's memory that the server may use.
    public var gpuMemoryUtilization: Double?
    /// The longest conversation in tokens.
    public var maxModelLen: Int?
    /// Whether the model may decide to call tools.
    public var enableAutoToolChoice = false
    /// How the server reads tool calls out of the model's text.
    public var toolCallParser: String?
    /// Whether the server leaves its statistics out of its log.
    public var disableLogStats = false
    /// Further arguments, as they are.
    public var extraArgs: [String] = []
    /// Environment variables for the server, added to the run's own.
    public var env: [String: String] = [:]
    /// How long the server may take until it answers.
    public var startupTimeout = 300.0
    /// How often a server that ended by itself is started again.
    public var maxRestarts = 2
    /// Whether the server must show that it can call a tool before it is used.
    public var probeTools: Bool?
    /// How long the server has to end by itself when the run is over.
    public var stopTimeout = 10.0

    /// A block without a model.
    public init() {}

    /// Keys of `openai_http` that make no sense for a server of one's own.
    private static let foreignKeys: Set<String> = [
        "base_url", "require_api_key", "fallback_api_key", "organization", "enable_async", "client_args",
    ]

    /// The keys.
    public static var fields: [ParameterField<Self>] {
        serverFields + processFields
            + OpenAIHTTPParameters.fields.filter { !foreignKeys.contains($0.description.name) }
            .map { ParameterField(of: \.calls, $0) }
    }

    private static var serverFields: [ParameterField<Self>] {
        [
            .init("served_model_name", \.servedModelName, "The name that requests use, where it is not 'model'."),
            .init("host", \.host, "The address that the server listens on."),
            .init("port", \.port, "The port that the server listens on; 0 takes a free one.") {
                $0.minimum = 0
                $0.maximum = 65_535
            },
            .init("gpu_memory_utilization", \.gpuMemoryUtilization, "The share of the GPU's memory to use.") {
                $0.minimum = 0
                $0.maximum = 1
            },
            .init("max_model_len", \.maxModelLen, "The longest conversation in tokens.") { $0.minimum = 1 },
            .init("enable_auto_tool_choice", \.enableAutoToolChoice, "Whether the model may decide to call tools."),
            .init("tool_call_parser", \.toolCallParser, "How tool calls are read out of the model's text, as hermes."),
            .init("disable_log_stats", \.disableLogStats, "Whether the server's log leaves statistics out."),
        ]
    }

    private static var processFields: [ParameterField<Self>] {
        [
            .init(
                "command", \.command,
                "The program and its first arguments; {model}, {host} and {port} in them stand for these values."),
            .init("extra_args", \.extraArgs, "Further arguments, as they are."),
            .init("env", \.env, "Environment variables for the server.") { $0.isSecret = true },
            .init("startup_timeout_s", \.startupTimeout, "Seconds until the server must answer.") {
                $0.minimum = 0.001
            },
            .init("max_restarts", \.maxRestarts, "How often a server that ended by itself is started again.") {
                $0.minimum = 0
                $0.maximum = 100
            },
            .init(
                "probe_tools", \.probeTools,
                "Whether the server must show that it can call a tool; by default where tools are turned on."),
            .init("stop_timeout_s", \.stopTimeout, "Seconds that the server has to end by itself after the run.") {
                $0.minimum = 0
            },
        ]
    }

    /// Refuses a block without a model or a program.
    public func validate(at node: ConfigNode, into diagnostics: inout Diagnostics) {
        calls.validate(at: node, into: &diagnostics)
        if command.first?.isEmpty ?? true, let entry = node["command"] {
            diagnostics.error("the command names no program", at: entry)
        }
    }

    /// The name under which the server is asked for the model.
    var requestedName: String { servedModelName ?? calls.model }

    /// Whether tools are turned on, so that a server which cannot call them would spoil the run.
    var probesTools: Bool { probeTools ?? (enableAutoToolChoice || toolCallParser != nil) }
}

import Evaluation
import JSON

struct JSONLinesBlock: Parameters {
    var path = ""
    var missingHint: String?
    var streaming: Bool?

    static var fields: [ParameterField<Self>] {
        [
            .init("path", \.path, "The file.") { $0.isRequired = true },
            .init("missing_hint", \.missingHint, "What to say when it is absent."),
            .init("streaming", \.streaming, "Whether records are read one by one.") {
                $0.ignoredBecause = "they always are"
            },
        ]
    }
}

struct TauTasksBlock: Parameters {
    var domain = ""
    var split = "base"
    var taskCount: Int?
    var trialCount = 1
    var seed: Int?
    var hubID: String?
    var dataDirectory: String?

    static var fields: [ParameterField<Self>] {
        [
            .init("domain", \.domain, "The domain.") {
                $0.isRequired = true
                $0.aliases = ["task_domain"]
                $0.allowed = ["airline", "retail", "telecom", "mock"]
            },
            .init("task_split", \.split, "The split."),
            .init("num_tasks", \.taskCount, "How many tasks.") { $0.minimum = 1 },
            .init("num_trials", \.trialCount, "How many trials.") { $0.minimum = 1 },
            .init("seed", \.seed, "The first trial's seed."),
            .init("hub_id", \.hubID, "The hub's data set."),
            .init("data_dir", \.dataDirectory, "Where the data is."),
        ]
    }
}

struct HubBlock: Parameters {
    static var fields: [ParameterField<Self>] { [] }
}

struct OpenAIBlock: Parameters {
    var baseURL = "https://api.openai.com/v1"
    var apiKey: String?
    var model = ""
    var requireAPIKey = false
    var maxRetries = 2
    var generation = GenerationBlock()
    var asyncMaxConcurrency: Int?

    static var fields: [ParameterField<Self>] {
        [
            .init("base_url", \.baseURL, "The endpoint."),
            .init("api_key", \.apiKey, "The key.") { $0.isSecret = true },
            .init("model", \.model, "The model.") { $0.isRequired = true },
            .init("require_api_key", \.requireAPIKey, "Whether a key is needed."),
            .init("max_retries", \.maxRetries, "How often a call is repeated.") { $0.minimum = 0 },
            .init("generation_parameters", \.generation, "How the model samples."),
            .init("async_max_concurrency", \.asyncMaxConcurrency, "Calls at once.") { $0.minimum = 1 },
        ]
    }
}

struct GenerationBlock: Parameters {
    var temperature: Double?
    var maxNewTokens: Int?

    static var fields: [ParameterField<Self>] {
        [
            .init("temperature", \.temperature, "The temperature.") { $0.minimum = 0 },
            .init("max_new_tokens", \.maxNewTokens, "The longest reply."),
        ]
    }
}

struct DummyBlock: Parameters {
    var responses: [String] = []
    var echoPrompt = false
    var cycle = false

    static var fields: [ParameterField<Self>] {
        [
            .init("responses", \.responses, "What it answers."),
            .init("echo_prompt", \.echoPrompt, "Whether it repeats the prompt."),
            .init("cycle", \.cycle, "Whether it starts again at the end."),
        ]
    }
}

struct PromptBlock: Parameters {
    var template: String?
    var params: JSONObject = [:]

    static var fields: [ParameterField<Self>] {
        [
            .init("template", \.template, "The template."),
            .init("params", \.params, "Variables and options."),
        ]
    }
}

struct DockerBlock: Parameters {
    var image: String?
    var resources: JSONObject = [:]
    var runtimeConfigs: JSONObject = [:]

    static var fields: [ParameterField<Self>] {
        [
            .init("image", \.image, "The image."),
            .init("resources", \.resources, "Limits."),
            .init("runtime_configs", \.runtimeConfigs, "Container options."),
        ]
    }
}

struct TauRuntimeBlock: Parameters {
    var configs = TauRuntimeConfigs()

    static var fields: [ParameterField<Self>] {
        [.init("runtime_configs", \.configs, "Options of the world.")]
    }
}

struct TauRuntimeConfigs: Parameters {
    var dataDirectory: String?
    var maxSteps = 200
    var maxErrors = 10
    var respondTool = "respond"
    var userModel: String?
    var userModelArguments: JSONObject = [:]
    var userBackendID: String?

    static var fields: [ParameterField<Self>] {
        [
            .init("data_dir", \.dataDirectory, "Where the data is."),
            .init("max_steps", \.maxSteps, "The longest dialogue.") { $0.minimum = 1 },
            .init("max_errors", \.maxErrors, "The most errors.") { $0.minimum = 1 },
            .init("respond_tool_name", \.respondTool, "The tool that speaks to the user."),
            .init("user_model", \.userModel, "The simulated user's model."),
            .init("user_model_args", \.userModelArguments, "Its parameters."),
            .init("user_backend_id", \.userBackendID, "The simulated user's backend.") { $0.reference = .backend },
        ]
    }
}

struct AgentBlock: Parameters {
    var maxTurns = 8
    var preHooks: [JSONObject] = []
    var postHooks: [JSONObject] = []
    var token: String?

    static var fields: [ParameterField<Self>] {
        [
            .init("max_turns", \.maxTurns, "The most turns.") {
                $0.minimum = 1
                $0.aliases = ["turn_limit"]
            },
            .init("pre_hooks", \.preHooks, "What runs before."),
            .init("post_hooks", \.postHooks, "What runs after."),
            .init("token", \.token, "A secret.") { $0.isSecret = true },
        ]
    }
}

struct ToolchainBlock: Parameters {
    var tools: [JSONObject] = []
    var metaToolMode = false
    var docEnabled = false
    var docFormat = "text"
    var docMaxEndpoints: Int?
    var docMaxChars: Int?

    static var fields: [ParameterField<Self>] {
        [
            .init("tools", \.tools, "Tools of its own."),
            .init("meta_tool_mode", \.metaToolMode, "One tool for each app."),
            .init("tool_doc_enabled", \.docEnabled, "Whether tools are documented."),
            .init("tool_doc_format", \.docFormat, "How.") { $0.allowed = ["text", "app_kv", "schema_yaml"] },
            .init("tool_doc_max_endpoints", \.docMaxEndpoints, "How many."),
            .init("tool_doc_max_chars", \.docMaxChars, "How long."),
        ]
    }
}

struct PredictorBlock: Parameters {
    var maxAPIs = 16
    var apps: [String] = []
    var tools: [String] = []

    static var fields: [ParameterField<Self>] {
        [
            .init("max_apis", \.maxAPIs, "How many."),
            .init("always_include_apps", \.apps, "Apps that are always there."),
            .init("always_include_tools", \.tools, "Tools that are always there."),
        ]
    }
}

struct SubsetBlock: Parameters {
    var subset: String?
    var mode = "minimal"

    static var fields: [ParameterField<Self>] {
        [
            .init("subset", \.subset, "The subset."),
            .init("ground_truth_mode", \.mode, "How much of the solution is kept.") {
                $0.allowed = ["minimal", "full"]
            },
        ]
    }
}

struct CategoryBlock: Parameters {
    var field = "failure_reason"

    static var fields: [ParameterField<Self>] {
        [.init("category_field", \.field, "The metadata key that is counted.")]
    }
}

struct MatchBlock: Parameters {
    var caseSensitive = true
    var threshold = 0.5

    static var fields: [ParameterField<Self>] {
        [
            .init("case_sensitive", \.caseSensitive, "Whether letter case counts."),
            .init("threshold", \.threshold, "From when on it counts.") {
                $0.minimum = 0
                $0.maximum = 1
            },
        ]
    }
}

/// What a client of a tool server at an address takes.
struct ToolServerBlock: Parameters {
    var endpoint: String?
    var headers: [String: String] = [:]
    var timeout = 30.0
    var params = Options()

    struct Options: Parameters {
        var outputType: String?
        var delay = 0.0
        var retryTimeout: Double?

        static var fields: [ParameterField<Self>] {
            [
                .init("output_type", \.outputType, "What results hold."),
                .init("session_retry_delay_s", \.delay, "The pause between tries."),
                .init("session_retry_timeout_s", \.retryTimeout, "The longest time to try."),
            ]
        }
    }

    static var fields: [ParameterField<Self>] {
        [
            .init("endpoint", \.endpoint, "The server's address."),
            .init("headers", \.headers, "Header fields.") { $0.isSecret = true },
            .init("timeout_s", \.timeout, "The longest time for a call.") { $0.minimum = 0.001 },
            .init("params", \.params, "How sessions are made."),
        ]
    }
}

/// What a client of a tool server that it starts takes.
struct ToolProgramBlock: Parameters {
    var command: [String] = []
    var env: [String: String] = [:]

    static var fields: [ParameterField<Self>] {
        [
            .init("command", \.command, "The program.") { $0.isRequired = true },
            .init("env", \.env, "Its environment.") { $0.isSecret = true },
        ]
    }
}

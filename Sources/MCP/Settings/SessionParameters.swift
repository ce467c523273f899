import Evaluation
import JSON

/// The keys of an `mcp_clients` entry that every transport has.
struct SessionParameters: Parameters {
    var timeout = 30.0
    var allowlist: [String] = []
    var params = SessionOptions()

    static var fields: [ParameterField<Self>] {
        [
            .init("timeout_s", \.timeout, "The longest time for one request, in seconds.") { $0.minimum = 0.001 },
            .init("allowlist", \.allowlist, "The only tools to offer; all when empty."),
            .init("params", \.params, "How sessions are made."),
        ]
    }

    /// The settings that these keys say; throws ``EvaluationError`` where a static tool is none.
    func settings() throws(EvaluationError) -> SessionSettings {
        var settings = SessionSettings()
        settings.timeout = .bounded(seconds: timeout)
        settings.allowlist = allowlist
        settings.retryAttempts = params.attempts
        settings.retryDelay = .bounded(seconds: params.delay)
        settings.retryTimeout = params.retryTimeout.flatMap { $0 > 0 ? .bounded(seconds: $0) : nil }
        for (index, tool) in params.tools.enumerated() {
            do {
                settings.tools.append(try ToolPage.tool(.object(tool)))
            } catch {
                throw EvaluationError(
                    .configurationInvalid, "params.tools[\(index)] has no name", cause: .configuration,
                    advice: "write {name: …, description: …, inputSchema: …}")
            }
        }
        return settings
    }
}

/// The `params` of an `mcp_clients` entry.
struct SessionOptions: Parameters {
    var outputType: String?
    var attempts: Int?
    var delay = 0.0
    var retryTimeout: Double?
    var tools: [JSONObject] = []

    static var fields: [ParameterField<Self>] {
        [
            .init("output_type", \.outputType, "What the server was told to put into results.") {
                $0.ignoredBecause = "the server's own setting decides, and every form of result is read"
            },
            .init(
                "session_retry_attempts", \.attempts, "How often making a session is tried; once when nothing is set."
            ) { $0.minimum = 1 },
            .init("session_retry_delay_s", \.delay, "The pause between tries, in seconds.") { $0.minimum = 0 },
            .init(
                "session_retry_timeout_s", \.retryTimeout,
                "The time after which no further try is made, in seconds."
            ) { $0.minimum = 0 },
            .init("tools", \.tools, "Tools to offer without asking the server.") { $0.aliases = ["static_tools"] },
        ]
    }
}

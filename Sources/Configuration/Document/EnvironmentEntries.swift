import Evaluation
import JSON

/// The keys of a `sandbox_profiles` entry that hold for every runtime; the others are the runtime's.
struct SandboxProfileEntry: Identified {
    var id = ""
    var runtime = "docker"
    var poolSize: Int?

    static let idKey = "sandbox_id"
    static var allowsUnknownKeys: Bool { true }

    static var fields: [ParameterField<Self>] {
        [
            .init("sandbox_id", \.id, "The profile's name in this document.") {
                $0.aliases = ["template_name"]
                $0.isRequired = true
            },
            .init("runtime", \.runtime, "The registered runtime that starts sandboxes."),
            .init("pool_size", \.poolSize, "The largest number at once.") {
                $0.aliases = ["pool_max"]
                $0.minimum = 1
            },
        ]
    }
}

/// The `sandbox` of a role adapter; keys that are not declared here override the profile's.
struct AdapterSandbox: Parameters {
    var sandboxID = ""
    var lifecycle = SandboxLifecycle.perSample
    var poolKey: String?
    var poolSize: Int?
    var maxContainerUses: Int?
    var idleTimeout: Double?

    static var allowsUnknownKeys: Bool { true }

    static var fields: [ParameterField<Self>] {
        let pooled = "sandboxes are not handed from one owner to the next"
        return [
            .init("sandbox_id", \.sandboxID, "The profile.") {
                $0.aliases = ["template_name"]
                $0.isRequired = true
                $0.reference = .sandboxProfile
            },
            .init("lifecycle", \.lifecycle, "How long a sandbox lives."),
            .init("pool_key", \.poolKey, "Which sandboxes are shared.") { $0.ignoredBecause = pooled },
            .init("pool_size", \.poolSize, "The largest number at once.") {
                $0.aliases = ["pool_max"]
                $0.minimum = 1
            },
            .init("max_container_uses", \.maxContainerUses, "How often a container is used again.") {
                $0.aliases = ["max_uses"]
                $0.ignoredBecause = pooled
            },
            .init("idle_timeout_s", \.idleTimeout, "How long an unused container lives.") {
                $0.ignoredBecause = pooled
            },
        ]
    }
}

/// An entry of `mcp_clients`.
struct MCPClientEntry: Identified {
    var id = ""
    var transport = "streamable_http"
    var endpoint: String?
    var command: OneOrMany<String>?
    var args: [String] = []
    var env: [String: String] = [:]
    var headers: [String: String] = [:]
    var timeout = 30.0
    var allowlist: [String] = []
    var params = MCPClientParams()

    static let idKey = "mcp_client_id"

    static var fields: [ParameterField<Self>] {
        [
            .init("mcp_client_id", \.id, "The client's name in this document.") { $0.isRequired = true },
            .init("transport", \.transport, "How the server is spoken to.") {
                $0.allowed = ["streamable_http", "http", "stdio"]
            },
            .init("endpoint", \.endpoint, "The server's address."),
            .init("command", \.command, "The program that serves over its standard input and output."),
            .init("args", \.args, "The program's arguments."),
            .init("env", \.env, "The program's environment variables."),
            .init("headers", \.headers, "Header fields of every request.") { $0.isSecret = true },
            .init("timeout_s", \.timeout, "The longest time for a call, in seconds.") { $0.minimum = 0.001 },
            .init("allowlist", \.allowlist, "The only tools to offer; all when empty."),
            .init("params", \.params, "How sessions are made."),
        ]
    }

    func validate(at node: ConfigNode, into diagnostics: inout Diagnostics) {
        if transport == "stdio", command == nil {
            diagnostics.error("transport 'stdio' needs a 'command'", at: node)
        }
    }
}

/// The `params` of an MCP client.
struct MCPClientParams: Parameters {
    var outputType: String?
    var attempts: Int?
    var delay: Double?
    var retryTimeout: Double?
    var tools: [JSONObject] = []

    static var fields: [ParameterField<Self>] {
        [
            .init("output_type", \.outputType, "What the server was told to put into results.") {
                $0.ignoredBecause = "the server's own setting decides"
            },
            .init("session_retry_attempts", \.attempts, "How often a session is tried.") { $0.minimum = 1 },
            .init("session_retry_delay_s", \.delay, "The pause between tries, in seconds.") { $0.minimum = 0 },
            .init("session_retry_timeout_s", \.retryTimeout, "The longest time to try, in seconds.") {
                $0.minimum = 0
            },
            .init("tools", \.tools, "Tools to offer without asking the server.") { $0.aliases = ["static_tools"] },
        ]
    }
}

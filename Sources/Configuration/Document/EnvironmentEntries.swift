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

/// The keys of an `mcp_clients` entry that hold for every transport; the others are the transport's.
struct MCPClientEntry: Identified {
    var id = ""
    var transport = "streamable_http"

    static let idKey = "mcp_client_id"
    static var allowsUnknownKeys: Bool { true }

    static var fields: [ParameterField<Self>] {
        [
            .init("mcp_client_id", \.id, "The client's name in this document.") { $0.isRequired = true },
            .init("transport", \.transport, "The registered transport that reaches the server."),
        ]
    }
}

import Evaluation
import JSON

/// What must answer before a container counts as started, and where its services are.
struct ReadinessSettings: Sendable {
    var isAwaited = true
    var timeout = 30.0
    var interval = 0.2
    var httpEndpoints: [String] = []
    var endpoints: [String] = []
    var ports: [Int] = []
    var environmentEndpoint: String?
    var apisEndpoint: String?
    var mcpEndpoint: String?

    /// The services by their names.
    var services: [String: String] {
        let named = [("env", environmentEndpoint), ("apis", apisEndpoint), ("mcp", mcpEndpoint)]
        return Dictionary(uniqueKeysWithValues: named.compactMap { name, url in url.map { (name, $0) } })
    }
}

extension DockerSettings {
    static var readinessFields: [ParameterField<Self>] {
        [
            .init("wait_for_ready", \.readiness.isAwaited, "Whether to wait for the services."),
            .init("startup_timeout_s", \.readiness.timeout, "The longest wait for them, in seconds.") {
                $0.minimum = 0.001
            },
            .init("startup_interval_s", \.readiness.interval, "The pause between two tries.") {
                $0.minimum = 0.001
            },
            .init(
                "wait_for_http_endpoints", \.readiness.httpEndpoints,
                "Addresses that must answer with a status below 500."),
            .init("wait_for_endpoints", \.readiness.endpoints, "Addresses that must accept connections."),
            .init("wait_for_ports", \.readiness.ports, "Published ports that must accept connections."),
            .init("env_endpoint", \.readiness.environmentEndpoint, "The environment's address.") {
                $0.aliases = ["environment_endpoint", "env_url", "environment_url"]
            },
            .init("apis_endpoint", \.readiness.apisEndpoint, "The application interfaces' address.") {
                $0.aliases = ["apis_url"]
            },
            .init("mcp_endpoint", \.readiness.mcpEndpoint, "The MCP server's address.") {
                $0.aliases = ["mcp_url"]
            },
        ]
    }
}

/// Keys that configurations have and that change nothing here.
struct IgnoredSettings: Sendable {
    var value: JSONValue = .null

    static let reasons: KeyValuePairs<String, String> = [
        "auto_remove": "a container is removed with its sandbox, after its end has been looked at",
        "remove_container": "a container is removed with its sandbox",
        "detach": "containers always run in the background",
        "docker_bin": "the engine is spoken to directly; set DOCKER_HOST for another engine",
        "stop_timeout_s": "a container is removed without being asked to stop first",
        "container_name": "names are made unique, so that sandboxes can run side by side",
        "name": "names are made unique, so that sandboxes can run side by side",
        "container_name_suffix": "names are made unique, so that sandboxes can run side by side",
        "cpu_quota": "set 'cpu' in resources",
    ]
}

extension DockerSettings {
    static var ignoredFields: [ParameterField<Self>] {
        IgnoredSettings.reasons.map { key, reason in
            .init(key, \.ignored.value, "Accepted for older configurations.") { $0.ignoredBecause = reason }
        }
    }
}

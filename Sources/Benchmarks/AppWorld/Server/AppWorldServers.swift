import Evaluation
import Transport

/// Finds the servers that an episode's world runs in.
struct AppWorldServers: Sendable {
    /// For servers in containers, which no proxy knows.
    private let direct: HTTPClient
    /// For addresses that a configuration names.
    private let configured: HTTPClient

    init(client: HTTPClient) {
        var configuration = HTTPClientConfiguration()
        configuration.proxy = .direct
        direct = HTTPClient(configuration: configuration)
        configured = client
    }

    /// Addresses that go over those of the episode's sandbox.
    struct Overrides: Sendable, Hashable {
        var environment: String?
        var apis: String?
    }

    /// The episode's servers: those of its sandbox unless a hook names others.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, when nobody says where they are.
    func servers(
        in scope: EpisodeScope, overrides: Overrides = Overrides(), timeout: Duration = .seconds(120)
    ) async throws -> EnvironmentServer {
        let sandbox = scope.sandboxes.profile == nil ? nil : try await scope.sandboxes.sandbox()
        let services = sandbox as? any ServiceSandbox
        guard let environment = overrides.environment ?? services?.endpoints["env"] else {
            throw EvaluationError(
                .configurationInvalid, "nobody says where AppWorld's environment is", cause: .configuration,
                advice: "give the sandbox profile an 'env_endpoint', or the hook one")
        }
        let addresses = EnvironmentServer.Addresses(
            environment: environment, apis: overrides.apis ?? services?.endpoints["apis"],
            innerAPIs: overrides.apis ?? services?.innerEndpoints["apis"])
        let isOwn = overrides.environment == nil && sandbox is any CommandSandbox
        return EnvironmentServer(client: isOwn ? direct : configured, addresses: addresses, timeout: timeout)
    }
}

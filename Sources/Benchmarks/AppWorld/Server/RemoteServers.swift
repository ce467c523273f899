import Evaluation
import JSON

/// The `appworld_remote` profile: servers that run elsewhere, without a container of ours.
struct RemoteServersParameters: Parameters {
    var environment = ""
    var apis: String?
    var mcp: String?

    static var fields: [ParameterField<Self>] {
        [
            .init("env_endpoint", \.environment, "The environment's address.") {
                $0.isRequired = true
                $0.aliases = ["environment_endpoint", "env_url", "environment_url"]
            },
            .init("apis_endpoint", \.apis, "The app interfaces' address, from here and from the environment.") {
                $0.aliases = ["apis_url"]
            },
            .init("mcp_endpoint", \.mcp, "The MCP server's address.") { $0.aliases = ["mcp_url"] },
        ]
    }
}

/// Lends servers that run elsewhere to one episode after the other: an environment holds one world at a time.
struct RemoteServersRuntime: SandboxRuntime {
    let parameters: RemoteServersParameters
    let occupied: Watched<Set<String>>

    func start(_ request: SandboxRequest) async throws -> any Sandbox {
        var settings = request.settings
        settings["runtime"] = nil
        var diagnostics = Diagnostics()
        let place = SourceLocation(file: request.profile, line: 1, column: 1)
        let node = ConfigNode(json: .object(settings), location: place, path: "")
        let wanted = RemoteServersParameters.decode(node, into: &diagnostics)
        guard let wanted, !diagnostics.hasErrors else {
            throw EvaluationError(
                .configurationInvalid, "sandbox profile '\(request.profile)' cannot be read", cause: .configuration,
                advice: diagnostics.all.first?.message)
        }
        try await take(wanted.environment)
        return RemoteServers(parameters: wanted, occupied: occupied)
    }

    private func take(_ address: String) async throws {
        while true {
            await occupied.wait { !$0.contains(address) }
            try Task.checkCancellation()
            let hasIt = Watched(false)
            occupied.change { taken in
                let isFree = taken.insert(address).inserted
                hasIt.change { $0 = isFree }
            }
            if hasIt.read({ $0 }) { return }
        }
    }
}

/// Servers that run elsewhere, lent to one episode.
final class RemoteServers: ServiceSandbox {
    private let parameters: RemoteServersParameters
    private let occupied: Watched<Set<String>>
    private let isLent = Watched(true)

    init(parameters: RemoteServersParameters, occupied: Watched<Set<String>>) {
        self.parameters = parameters
        self.occupied = occupied
    }

    var identifier: String { "AppWorld at \(parameters.environment)" }

    func isAlive() async -> Bool { isLent.read { $0 } }

    func stop() async {
        guard isLent.read({ $0 }) else { return }
        isLent.change { $0 = false }
        let address = parameters.environment
        occupied.change { $0.remove(address) }
    }

    var endpoints: [String: String] {
        let named = [("env", Optional(parameters.environment)), ("apis", parameters.apis), ("mcp", parameters.mcp)]
        return Dictionary(uniqueKeysWithValues: named.compactMap { name, url in url.map { (name, $0) } })
    }

    var innerEndpoints: [String: String] { endpoints }

    func hostPort(of port: Int) -> Int? { nil }
}

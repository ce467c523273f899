import Evaluation
import Glibc
import JSON
import Sandboxes
import Transport

/// AppWorld's servers in a container of their own, for one replay.
enum ServerContainer {
    private static let ports: [(server: AppWorldServer, port: Int)] = [
        (.environment, 8000), (.apis, 9000), (.mcp, 5001),
    ]
    /// How long the servers may take to listen; the real ones load for half a minute.
    private static let startLimit: Duration = .seconds(180)

    /// The map of names that an image may bring along.
    private static let namesPath = "/opt/appworld-stand-in/names.json"

    /// Servers that answer.
    struct Running: Sendable {
        var urls: [AppWorldServer: String]
        /// The image's own map of names; nil where it brings none.
        var names: AppWorldNameMap?
    }

    /// Starts the servers, waits until they answer, and removes them afterwards.
    static func with<Result: Sendable>(
        image: String, outputType: String?, environment: [String: String], http: HTTPClient,
        _ work: @Sendable (Running) async throws -> Result
    ) async throws -> Result {
        do {
            let client = try await DockerClient.connect(environment: environment)
            guard try await client.image(image) != nil else {
                throw EvaluationError(
                    .sandboxUnavailable, "the engine at \(client.host) has no image '\(image)'", cause: .configuration,
                    advice: "scripts/appworld-stand-in makes gage-appworld-stand-in:local")
            }
            let name = "gage-appworld-fidelity-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
            let id = try await client.createContainer(specification(image, outputType), name: name)
            do {
                let urls = try await start(id, client, http)
                let result = try await work(Running(urls: urls, names: try await names(in: id, client)))
                try await client.removeContainer(id)
                return result
            } catch {
                // What led here is to be reported; what may be left, `gage sandbox clean` finds.
                await Task.shielded { try? await client.removeContainer(id) }
                throw error
            }
        } catch let error as DockerError {
            throw error.asEvaluationError
        }
    }

    private static func names(in id: String, _ client: DockerClient) async throws -> AppWorldNameMap? {
        let root = ContainerRoot(client: client, container: id, root: "", place: "the container")
        guard let bytes = try await root.content(of: String(namesPath.dropFirst())) else { return nil }
        do {
            return AppWorldNameMap(try JSONValue.parse(bytes: bytes))
        } catch {
            throw EvaluationError(.dataMalformed, "\(namesPath) is not JSON", cause: .configuration, underlying: error)
        }
    }

    private static func specification(_ image: String, _ outputType: String?) -> ContainerSpecification {
        var specification = ContainerSpecification(image: image)
        specification.entrypoint = ["/usr/local/bin/appworld"]
        specification.command = [
            "serve", "multiple", "--environment", "--port 8000", "--apis", "--port 9000", "--mcp",
            "http --port 5001 --output-type \(outputType ?? "structured_data_only")", "--root", "/run",
        ]
        specification.ports = ports.map { .init(containerPort: $0.port) }
        specification.labels = [SandboxOwner.label: SandboxOwner.current.text]
        return specification
    }

    private static func start(
        _ id: String, _ client: DockerClient, _ http: HTTPClient
    ) async throws -> [AppWorldServer: String] {
        try await client.startContainer(id)
        let clock = ContinuousClock()
        let deadline = clock.now + startLimit
        while clock.now < deadline {
            let state = try await client.inspectContainer(id)
            guard state.isRunning else {
                throw EvaluationError(
                    .sandboxUnavailable, "the servers ended: \(try await client.logs(of: id, lastLines: 5))",
                    cause: .sandbox)
            }
            var urls: [AppWorldServer: String] = [:]
            for (server, port) in ports { urls[server] = state.hostPorts[port].map { "http://127.0.0.1:\($0)" } }
            if urls.count == ports.count, await answer(urls, http) { return urls }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw EvaluationError(
            .sandboxUnavailable, "the servers of '\(id.prefix(12))' did not answer within \(startLimit)",
            cause: .sandbox)
    }

    /// Whether all servers answer, whatever they say.
    private static func answer(_ urls: [AppWorldServer: String], _ http: HTTPClient) async -> Bool {
        for (server, url) in urls {
            var request = HTTPRequest(url: server == .mcp ? "\(url)/mcp" : "\(url)/")
            request.timeouts = HTTPTimeouts(connect: .seconds(2), idle: .seconds(2), total: .seconds(2))
            // A server that does not listen yet refuses.
            guard let response = try? await http.send(request), response.status < 500 else { return false }
        }
        return true
    }
}

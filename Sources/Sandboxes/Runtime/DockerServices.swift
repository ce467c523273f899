import Evaluation
import Transport

/// An engine that was reached, with what all its sandboxes share.
struct DockerSession: Sendable {
    let client: DockerClient
    let info: DockerInfo
    let images: ImageStore
    /// For the services in containers, which no proxy knows.
    let probes: HTTPClient
    let ports: PortReservations

    /// Gives back what a container held beside itself, and makes room where its profile bounds the images.
    func release(_ plan: ContainerPlan) async {
        await ports.giveBack(plan.fixedPorts)
        await images.release(plan.specification.image)
        guard let budget = plan.profile.settings.imageDisk?.bytes else { return }
        // An engine that fails here fails the next sandbox too, which says so.
        _ = try? await images.prune(toBytes: budget)
    }
}

/// Reaches engines when they are first needed, and cleans up once what killed runs left there.
actor DockerServices {
    private let http: HTTPClient
    private let probes: HTTPClient
    private let ports = PortReservations()
    private var sessions: [DockerHost: DockerSession] = [:]

    init() {
        var configuration = HTTPClientConfiguration()
        configuration.proxy = .direct
        http = HTTPClient(configuration: configuration)
        probes = HTTPClient(configuration: configuration)
    }

    /// The engine that `DOCKER_HOST` names.
    func session(environment: [String: String]) async throws -> DockerSession {
        let host = try DockerHost.fromEnvironment(environment)
        if let session = sessions[host] { return session }
        let client = try await DockerClient.connect(to: host, http: http)
        let credentials = try RegistryCredentials.fromEnvironment(environment)
        let session = DockerSession(
            client: client, info: try await client.info(), images: ImageStore(client: client, credentials: credentials),
            probes: probes, ports: ports)
        // Whoever asked at the same time may have been first.
        if let earlier = sessions[host] { return earlier }
        sessions[host] = session
        // What cannot be removed now is no reason to run nothing; `gage sandbox clean` says why.
        _ = try? await SandboxReaper(client: client).clean(.abandoned)
        return session
    }
}

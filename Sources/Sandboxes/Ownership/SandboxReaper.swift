/// Finds and removes what runs that were killed left at an engine.
public struct SandboxReaper: Sendable {
    /// Which of our containers and networks are meant.
    public enum Scope: Sendable, Hashable {
        /// Those whose process is gone.
        case abandoned
        /// Those of one run, whatever became of its process.
        case run(String)
        /// All of them.
        case all
    }

    private let client: DockerClient

    /// Looks after an engine.
    public init(client: DockerClient) { self.client = client }

    /// Our containers of a scope.
    public func find(_ scope: Scope) async throws -> [ContainerSummary] {
        var labels = [SandboxOwner.label]
        if case .run(let id) = scope { labels.append("\(SandboxLabels.run)=\(id)") }
        let containers = try await client.listContainers(labels: labels)
        guard scope == .abandoned else { return containers }
        return containers.filter { container in
            container.labels[SandboxOwner.label].flatMap(SandboxOwner.init)?.isGone ?? false
        }
    }

    /// Removes our containers of a scope with their volumes, and networks that nobody uses; returns the containers.
    @discardableResult
    public func clean(_ scope: Scope) async throws -> [ContainerSummary] {
        let containers = try await find(scope)
        for container in containers { try await client.removeContainer(container.id) }
        for id in try await client.listNetworks(labels: [SandboxOwner.label]).keys.sorted() {
            do {
                try await client.removeNetwork(id)
            } catch let error as DockerError where error.status != nil {
                // Somebody else's containers are still in it.
                continue
            }
        }
        return containers
    }
}

/// What our containers say about themselves.
enum SandboxLabels {
    static let run = "gage.run"
    static let profile = "gage.profile"
    static let episode = "gage.episode"

    static func labels(run: String, profile: String, episode: String) -> [String: String] {
        [
            SandboxOwner.label: SandboxOwner.current.text, self.run: run, self.profile: profile,
            self.episode: episode,
        ]
    }
}

/// A sandbox of ours that is there: a container, or the directory of a local sandbox.
public struct FoundSandbox: Sendable, Hashable {
    /// `container` or `directory`.
    public var kind: String
    /// The container's name, or the directory's path.
    public var identifier: String
    /// Its state: `running`, `exited`, `in use`.
    public var state: String
    /// Whether the process that made it is certainly gone.
    public var isAbandoned: Bool
    /// The run that it belongs to; empty where that is not known.
    public var run: String
    /// The episode that it belongs to; empty where that is not known.
    public var episode: String
}

/// Finds and removes sandboxes on this machine and at its engine, for people and at the start of a run.
public struct SandboxHousekeeping: Sendable {
    /// What was found, or removed.
    public struct Report: Sendable {
        /// The sandboxes.
        public var sandboxes: [FoundSandbox]
        /// Why the engine could not be asked; nil when it could.
        public var engineProblem: DockerError?
    }

    private let environment: [String: String]

    /// Looks at the engine that `DOCKER_HOST` names, and at `TMPDIR`.
    public init(environment: [String: String]) { self.environment = environment }

    /// Our sandboxes of a scope.
    public func find(_ scope: SandboxReaper.Scope) async throws -> Report { try await look(scope, removing: false) }

    /// Removes our sandboxes of a scope and returns them; local ones only when their process is gone.
    public func clean(_ scope: SandboxReaper.Scope) async throws -> Report { try await look(scope, removing: true) }

    private func look(_ scope: SandboxReaper.Scope, removing: Bool) async throws -> Report {
        var report = Report(sandboxes: [], engineProblem: nil)
        do {
            let reaper = SandboxReaper(client: try await DockerClient.connect(environment: environment))
            let containers = try await removing ? reaper.clean(scope) : reaper.find(scope)
            report.sandboxes = containers.map(FoundSandbox.init)
        } catch let error as DockerError where error.code == .engineLost {
            report.engineProblem = error
        }
        report.sandboxes += await directories(scope, removing: removing)
        return report
    }

    private func directories(_ scope: SandboxReaper.Scope, removing: Bool) async -> [FoundSandbox] {
        // A local sandbox does not say which run it belongs to.
        if case .run = scope { return [] }
        let parent = LocalDirectories.parent(environment)
        let abandoned = LocalDirectories.abandoned(below: parent)
        if removing {
            for root in abandoned { await LocalDirectories.remove(root) }
        }
        let shown = removing || scope == .abandoned ? abandoned : LocalDirectories.all(below: parent)
        return shown.map { root in
            let isAbandoned = abandoned.contains(root)
            return FoundSandbox(
                kind: "directory", identifier: root, state: isAbandoned ? "left" : "in use", isAbandoned: isAbandoned,
                run: "", episode: "")
        }
    }
}

extension FoundSandbox {
    init(_ container: ContainerSummary) {
        self.init(
            kind: "container", identifier: container.name, state: container.state,
            isAbandoned: container.labels[SandboxOwner.label].flatMap(SandboxOwner.init)?.isGone ?? false,
            run: container.labels[SandboxLabels.run] ?? "", episode: container.labels[SandboxLabels.episode] ?? "")
    }
}

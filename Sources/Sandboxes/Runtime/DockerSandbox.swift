import Evaluation
import Synchronization
import Transport

/// A container as a sandbox.
final class DockerSandbox: CommandSandbox, ServiceSandbox {
    let id: String
    let name: String
    let plan: ContainerPlan
    let session: DockerSession

    private struct State {
        var hostPorts: [Int: Int] = [:]
        var hasStopped = false
    }

    /// Protects the ports, which change when the container is started again, and whether it was stopped.
    private let state = Mutex(State())

    init(id: String, name: String, plan: ContainerPlan, session: DockerSession) {
        self.id = id
        self.name = name
        self.plan = plan
        self.session = session
    }

    var client: DockerClient { session.client }
    var identifier: String { "container \(id.prefix(12)) (\(name))" }

    /// Starts the container and waits for its services.
    func begin() async throws {
        try await client.startContainer(id)
        try await settle()
    }

    /// Ends all processes and starts the container again; its files stay, those in memory do not.
    func restart() async throws {
        do {
            try await client.restartContainer(id)
            try await settle()
        } catch let error as DockerError where error.code != .engineLost {
            throw EvaluationError(
                .sandboxDied, "\(identifier) ended and cannot be started again", cause: .sandbox, retry: .worthwhile,
                underlying: error)
        }
    }

    private func settle() async throws {
        let found = try await client.inspectContainer(id)
        guard found.isRunning else { throw try await ended(found) }
        state.withLock { $0.hostPorts = found.hostPorts }
        if hasOwnCommand {
            try await limitLifetime()
            // A command that is not in the image, or fails at once, has ended by now.
            let later = try await client.inspectContainer(id)
            guard later.isRunning else { throw try await ended(later) }
        }
        if plan.profile.settings.readiness.isAwaited { try await Readiness(self).wait() }
    }

    /// Whether the profile or the image says what runs; without that the container's command is the timer itself.
    private var hasOwnCommand: Bool {
        let settings = plan.profile.settings
        return settings.entrypoint != nil || settings.command != nil || settings.usesImageCommand
    }

    /// Makes the container end by itself, should nobody be left to remove it.
    private func limitLifetime() async throws {
        let seconds = Int(plan.profile.settings.lifetime.rounded(.up))
        var program = ContainerProgram(["/bin/sh", "-c", "sleep \(seconds); kill -9 -1"])
        program.user = "0"
        do {
            try await client.executeDetached(program, in: id)
        } catch let error as DockerError where error.status != nil {
            // An image without a shell has no commands either; the reaper is left.
            return
        }
    }

    /// The error that says how a container ended that should be running, with the last of what it printed.
    func ended(_ found: ContainerState) async throws -> EvaluationError {
        var message = "\(identifier) of image '\(plan.specification.image)' ended with exit code \(found.exitCode)"
        if found.ranOutOfMemory { message += ", killed for lack of memory" }
        if !found.error.isEmpty { message += ": \(found.error)" }
        let printed = try await client.logs(of: id, lastLines: 10)
        if !printed.isEmpty { message += "; its last output: \(printed.suffix(2000))" }
        return EvaluationError(
            .sandboxDied, message, cause: .sandbox, retry: .worthwhile,
            advice: "check the profile's entrypoint and command against the image")
    }

    func isAlive() async -> Bool {
        // An engine that does not answer has no sandbox for us.
        let found = try? await client.inspectContainer(id)
        return found?.isRunning ?? false
    }

    func stop() async {
        let isFirst = state.withLock { state in
            defer { state.hasStopped = true }
            return !state.hasStopped
        }
        guard isFirst else { return }
        let (id, client, session, plan) = (id, client, session, plan)
        await Task.shielded {
            await removeReliably(id, client)
            await session.release(plan)
        }
    }

    // Services.

    private var map: EndpointMap {
        EndpointMap(
            written: plan.profile.settings.ports.map(\.port), hostPorts: state.withLock(\.hostPorts))
    }

    var endpoints: [String: String] { plan.profile.settings.readiness.services.mapValues(map.outer) }

    var innerEndpoints: [String: String] { plan.profile.settings.readiness.services.mapValues(map.inner) }

    func hostPort(of port: Int) -> Int? { state.withLock { $0.hostPorts[port] } }

    /// An address that the profile writes, as this machine reaches it.
    func outerAddress(_ url: String) -> String { map.outer(url) }
}

import Evaluation
import JSON
import Transport

/// Starts containers from a profile.
struct DockerRuntime: SandboxRuntime {
    let services: DockerServices

    func start(_ request: SandboxRequest) async throws -> any Sandbox {
        do {
            return try await startContainer(request)
        } catch let error as DockerError {
            throw error.asEvaluationError
        }
    }

    private func startContainer(_ request: SandboxRequest) async throws -> DockerSandbox {
        let profile = try DockerProfile.decode(settings: request.settings, profile: request.profile)
        let session = try await services.session(environment: request.environment)
        var plan = try ContainerPlan(profile, request: request, info: session.info)
        let image = try await requireImage(plan, session, request)
        // By its content, so that a name that moves in between changes nothing.
        if let platform = plan.specification.platform, !ImageStore.matches(session.info.platform, platform) {
            report("sandbox_emulated", ["image": .string(image.id), "platform": .string(platform)], request)
        }
        plan.specification.labels["gage.image"] = image.id
        if await !session.ports.take(plan.fixedPorts) { allocatePorts(of: &plan, request) }
        do {
            return try await launchWithAnyPorts(&plan, session, request)
        } catch {
            let used = plan
            await Task.shielded { await session.release(used) }
            throw error
        }
    }

    /// Starts the container on the ports that the profile names, or on others where somebody has these.
    private func launchWithAnyPorts(
        _ plan: inout ContainerPlan, _ session: DockerSession, _ request: SandboxRequest
    ) async throws -> DockerSandbox {
        do {
            return try await launch(plan, session, request)
        } catch let error as DockerError where error.code == .portTaken && !plan.fixedPorts.isEmpty {
            await session.ports.giveBack(plan.fixedPorts)
            allocatePorts(of: &plan, request)
            return try await launch(plan, session, request)
        }
    }

    private func launch(
        _ plan: ContainerPlan, _ session: DockerSession, _ request: SandboxRequest
    ) async throws -> DockerSandbox {
        let name = ContainerPlan.name(prefix: plan.profile.settings.namePrefix, request: request)
        do {
            let id = try await create(plan, name, session)
            try Task.checkCancellation()
            let sandbox = DockerSandbox(id: id, name: name, plan: plan, session: session)
            try await sandbox.begin()
            return sandbox
        } catch {
            // Also when nothing was made as far as we know: an answer that was lost may have been a container.
            await Task.shielded { _ = await removeReliably(name, session.client) }
            throw error
        }
    }

    private func allocatePorts(of plan: inout ContainerPlan, _ request: SandboxRequest) {
        let ports = plan.fixedPorts.sorted().map { JSONValue($0) }
        report("sandbox_ports_allocated", ["taken": .array(ports)], request)
        plan.allocatePorts()
    }

    /// Makes the container, and is not cancelled meanwhile: a container made after its removal would stay.
    private func create(_ plan: ContainerPlan, _ name: String, _ session: DockerSession) async throws -> String {
        let outcome: Result<String, any Error> = await Task.shielded {
            do {
                return .success(try await session.client.createContainer(plan.specification, name: name))
            } catch {
                return .failure(error)
            }
        }
        return try outcome.get()
    }

    private func requireImage(
        _ plan: ContainerPlan, _ session: DockerSession, _ request: SandboxRequest
    ) async throws -> DockerImage {
        let name = plan.specification.image
        let events = request.events
        let episode = request.episode
        let policy = plan.profile.settings.pullPolicy
        return try await session.images.require(name, platform: plan.specification.platform, policy: policy) { step in
            // A line for each layer and state would drown the run's other events.
            guard step.layer.isEmpty || step.status == "Pull complete" else { return }
            let payload: JSONObject = [
                "image": .string(name), "status": .string(step.status), "layer": .string(step.layer),
            ]
            events?.report(RunEvent("image_pull", episode: episode, payload: payload))
        }
    }

    private func report(_ name: String, _ payload: JSONObject, _ request: SandboxRequest) {
        request.events?.report(RunEvent(name, episode: request.episode, payload: payload))
    }
}

/// Removes a container, trying again where the engine fails; what cannot be removed is the next reaper's.
@discardableResult
func removeReliably(_ name: String, _ client: DockerClient) async -> Bool {
    for attempt in 0..<4 {
        do {
            try await client.removeContainer(name)
            return true
        } catch {
            // Cancellation does not reach here; a sleep that fails only shortens the pause.
            try? await Task.sleep(for: .milliseconds(200 << attempt))
        }
    }
    return false
}

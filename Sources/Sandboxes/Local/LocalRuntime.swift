import Evaluation
import Processes

/// Starts local sandboxes from a profile.
struct LocalRuntime: SandboxRuntime {
    let services: LocalServices

    func start(_ request: SandboxRequest) async throws -> any Sandbox {
        let profile = try LocalProfile.decode(settings: request.settings, profile: request.profile)
        let parent = LocalDirectories.parent(request.environment)
        await services.clean(below: parent)
        let mechanism = try await services.mechanism(for: profile.settings, profile: request.profile)
        let place = try LocalDirectories.make(below: parent)
        return LocalSandbox(place: place, profile: profile, mechanism: mechanism)
    }
}

/// What this machine has to isolate programs with, tried out once, and what killed runs left, cleaned up once.
actor LocalServices {
    private var works: [IsolationMechanism: Bool] = [:]
    private var cleaned: Set<String> = []

    /// Removes what sandboxes of processes that are gone left below a directory.
    func clean(below parent: String) async {
        guard cleaned.insert(parent).inserted else { return }
        for root in LocalDirectories.abandoned(below: parent) { await LocalDirectories.remove(root) }
    }

    /// The mechanism that a profile gets here.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, where there is none and the profile does not allow to do without.
    func mechanism(for settings: LocalSettings, profile: String) async throws -> IsolationMechanism {
        let candidates: [IsolationMechanism] =
            switch settings.mechanism {
            case .auto: [.bubblewrap, .unshare]
            case .weak: []
            case .bubblewrap, .unshare: [settings.mechanism]
            }
        for candidate in candidates where await isWorking(candidate) { return candidate }
        if settings.allowsWeak { return .weak }
        throw EvaluationError(
            .sandboxUnavailable,
            "sandbox profile '\(profile)': this machine cannot isolate programs "
                + "(tried: \(candidates.map(\.rawValue).joined(separator: ", ")))",
            cause: .configuration,
            advice:
                "install bubblewrap, allow unprivileged user namespaces, use runtime docker, or set allow_weak: true")
    }

    /// Whether a mechanism runs a program and keeps it from the network here, tried out in a sandbox.
    func isWorking(_ mechanism: IsolationMechanism) async -> Bool {
        if let known = works[mechanism] { return known }
        var answer = false
        if let place = try? LocalDirectories.make(below: "/tmp") {  // No directory, no sandbox: the answer is no.
            let sandbox = LocalSandbox(place: place, profile: LocalProfile(), mechanism: mechanism)
            var command = SandboxCommand(["/bin/sh", "-c", "echo works >/tmp/probe && cat /tmp/probe /proc/net/route"])
            command.timeout = .seconds(20)
            // A mechanism that cannot be started does not work.
            let result = try? await sandbox.run(command)
            let lines = result?.standardOutput.text.split(separator: "\n") ?? []
            answer = lines.first == "works" && lines.count <= 2
            await sandbox.stop()
        }
        works[mechanism] = answer
        return answer
    }
}

import Evaluation
import JSON
import Testing

@testable import Sandboxes

/// A kind of sandbox that the conformance suite runs on.
enum Provider: String, CaseIterable, CustomTestStringConvertible {
    case docker, bubblewrap, unshare

    static let available: [Provider] = allCases.filter { provider in
        switch provider {
        case .docker: Availability.engine
        case .bubblewrap: Availability.bubblewrap
        case .unshare: Availability.unshare
        }
    }

    var testDescription: String { rawValue }

    /// The settings of a sandbox with room for small programs only.
    var settings: JSONObject {
        switch self {
        case .docker:
            [
                "image": .string(Availability.image),
                "resources": ["cpu": 8, "memory": "200m", "pids": 60, "disk": "40m"],
                "runtime_configs": ["network_mode": "none", "exec_workdir": "/app", "max_lifetime_s": 300],
            ]
        case .bubblewrap, .unshare:
            [
                "resources": ["memory": "400m", "pids": 60, "disk": "40m"],
                "runtime_configs": ["mechanism": .string(rawValue)],
            ]
        }
    }

    var runtime: any SandboxRuntime {
        switch self {
        case .docker: Self.dockerRuntime
        case .bubblewrap, .unshare: Self.localRuntime
        }
    }

    private static let dockerRuntime = DockerRuntime(services: DockerServices())
    private static let localRuntime = LocalRuntime(services: LocalServices())

    /// Starts a sandbox; the caller stops it.
    func start(
        _ overrides: JSONObject = [:], episode: String = "sample", run: String = "conformance"
    ) async throws -> any Sandbox {
        var settings = settings
        settings.deepMerge(overrides)
        return try await runtime.start(
            SandboxRequest(
                profile: rawValue, run: RunIdentity(id: run, seed: 1, baseDirectory: "/tmp"),
                episode: EpisodeID(task: "task", sample: episode, trial: 0), settings: settings, models: NoModels(),
                environment: [:]))
    }

    /// Lends a sandbox to a test, and ends it afterwards.
    func withSandbox(
        _ overrides: JSONObject = [:], _ body: (any CommandSandbox) async throws -> Void
    ) async throws {
        let sandbox = try #require(try await start(overrides) as? any CommandSandbox)
        do {
            try await body(sandbox)
        } catch {
            await sandbox.stop()
            throw error
        }
        await sandbox.stop()
        #expect(await !sandbox.isAlive())
    }
}

/// A command for a shell, with a time limit that only a failure reaches.
func shell(_ text: String, timeout: Duration = .seconds(60)) -> SandboxCommand {
    var command = SandboxCommand(["/bin/bash", "-c", text])
    command.timeout = timeout
    return command
}

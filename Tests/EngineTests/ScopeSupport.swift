import Evaluation
import GageTesting

@testable import Engine

extension EpisodeScope {
    /// A scope for a single adapter outside a run.
    static func forTests(adapter: AdapterBinding) -> EpisodeScope {
        let id = EpisodeID(task: "t", sample: "s", trial: 0)
        return EpisodeScope(
            run: RunIdentity(id: "r", seed: 1, baseDirectory: "/"), episode: id, seeds: SeedDerivation(root: 1),
            adapter: adapter, models: FixedModels(), sandboxes: NoSandboxes(), events: NoEvents(),
            artifacts: NoArtifacts(), clock: SystemClock())
    }
}

private struct NoSandboxes: SandboxLeases {
    func sandbox() async throws -> any Sandbox { throw EvaluationError(.sandboxUnavailable, "none", cause: .sandbox) }
    func fresh(profile: String) async throws -> any Sandbox { try await sandbox() }
}

private struct NoEvents: EventSink {
    func report(_ event: RunEvent) {}
}

private struct NoArtifacts: ArtifactStore {
    func write(_ bytes: [UInt8], to path: String) throws -> String { path }
    func directory(_ path: String) throws -> String { path }
}

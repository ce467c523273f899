import Evaluation
import JSON
import Models
import Synchronization

@testable import Tau

/// The models of a test: one brain for every name.
struct StubModels: ModelProvider {
    let brain: any MockBrain

    func model(backend id: String) throws -> any ChatModel { BrainModel(name: id, brain: brain) }

    func model(named name: String, parameters: JSONObject) throws -> any ChatModel {
        BrainModel(name: name, brain: brain)
    }
}

/// One sandbox for the whole test.
struct StubLeases: SandboxLeases {
    let make: @Sendable () async throws -> any Sandbox

    func sandbox() async throws -> any Sandbox { try await make() }
    func fresh(profile: String) async throws -> any Sandbox { try await make() }
}

struct StubEvents: EventSink {
    func report(_ event: RunEvent) {}
}

struct StubArtifacts: ArtifactStore {
    func write(_ bytes: [UInt8], to path: String) throws -> String { path }
    func directory(_ path: String) throws -> String { path }
}

struct StubClock: EpisodeClock {
    var monotonicSeconds: Double { 0 }
    var wallSeconds: Double { 1_767_225_600 }
}

/// Remembers every request and passes it on.
final class RecordingBrain: MockBrain {
    private let inner: any MockBrain
    /// Protects the requests, which come from any task.
    private let requests = Mutex<[MockRequest]>([])

    init(_ inner: any MockBrain) { self.inner = inner }

    func reply(to request: MockRequest) async -> MockReply {
        requests.withLock { $0.append(request) }
        return await inner.reply(to: request)
    }

    func requests(of purpose: String) -> [MockRequest] {
        requests.withLock { $0.filter { $0.purpose == purpose } }
    }
}

extension EpisodeScope {
    /// The scope of one adapter in a test.
    static func stub(
        _ episode: Episode, adapter: AdapterBinding, models: StubModels, leases: any SandboxLeases
    ) -> EpisodeScope {
        EpisodeScope(
            run: RunIdentity(id: "r", seed: 1, baseDirectory: "/"), episode: episode.id,
            seeds: SeedDerivation(root: episode.seed), adapter: adapter, models: models, sandboxes: leases,
            events: StubEvents(), artifacts: StubArtifacts(), clock: StubClock())
    }
}

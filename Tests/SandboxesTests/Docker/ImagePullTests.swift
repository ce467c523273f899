import Evaluation
import JSON
import Synchronization
import Testing

@testable import Sandboxes

/// What an engine said while it pulled.
private final class Steps: Sendable {
    /// Protects the list: the engine's words come in while others are read.
    private let statuses = Mutex<[String]>([])

    func add(_ status: String) { statuses.withLock { $0.append(status) } }

    func count(of status: String) -> Int { statuses.withLock { $0.filter { $0 == status }.count } }
}

/// Pulls from a registry on this machine.
@Suite(.enabled(if: Availability.engine), .timeLimit(.minutes(2)))
struct ImagePullTests {
    private func withRegistry(
        needsLogin: Bool = false, _ body: (SmallRegistry, DockerClient) async throws -> Void
    ) async throws {
        let registry = try await SmallRegistry.start(needsLogin: needsLogin)
        defer { registry.stop() }
        try await body(registry, try await DockerClient.connect(environment: [:]))
    }

    private func code(_ work: () async throws -> Void) async -> DockerError.Code? {
        do {
            try await work()
            return nil
        } catch {
            return (error as? DockerError)?.code
        }
    }

    @Test func pullsOnceForAllWhoAskAndTellsHowFarItIs() async throws {
        try await withRegistry { registry, client in
            let store = ImageStore(client: client, credentials: .none)
            let name = "\(registry.address)/public:v1"
            let steps = Steps()
            try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        try await store.require(name, platform: "linux/amd64", policy: .missing) { step in
                            steps.add(step.status)
                        }.id
                    }
                }
                var ids: Set<String> = []
                for try await id in group { ids.insert(id) }
                #expect(ids.count == 1)
            }
            #expect(steps.count(of: "Pull complete") == 1)
            #expect(try await client.image(name)?.digests.isEmpty == false)
            try await client.removeImage(name)
        }
    }

    @Test func tellsMissingAndBusyApart() async throws {
        try await withRegistry { registry, client in
            #expect(await code { try await client.pullImage("\(registry.address)/missing:v1") } == .imageMissing)
            #expect(await code { try await client.pullImage("\(registry.address)/busy:v1") } == .rateLimited)
        }
    }

    @Test func usesTheLoginOfARegistry() async throws {
        try await withRegistry(needsLogin: true) { registry, client in
            #expect(await code { try await client.pullImage("\(registry.address)/thing:v1") } == .pullFailed)
            let login = Base64.encode(Array("me:secret".utf8))
            let credentials = RegistryCredentials(
                configuration: ["auths": .object([registry.address: ["auth": .string(login)]])])
            let name = "\(registry.address)/thing:v1"
            try await client.pullImage(name, credentials: credentials)
            #expect(try await client.image(name) != nil)
            try await client.removeImage(name)
        }
    }

    @Test func prunesOnlyWhatItPulledAndTheLeastUsedFirst() async throws {
        try await withRegistry { registry, client in
            let store = ImageStore(client: client, credentials: .none)
            let names = ["one", "two", "three"].map { "\(registry.address)/\($0):v1" }
            for name in names {
                _ = try await store.require(name, platform: nil, policy: .missing)
                #expect(try await store.prune(toBytes: 0).isEmpty)
            }
            for name in names { await store.release(name) }
            _ = try await store.require(names[0], platform: nil, policy: .missing)
            await store.release(names[0])
            let size = try #require(try await client.image(names[0])?.size)
            #expect(try await store.prune(toBytes: 2 * size + size / 2) == [names[1]])
            #expect(try await store.prune(toBytes: 0, keeping: [names[0]]) == [names[2]])
            #expect(try await client.image(names[0]) != nil)
            #expect(try await client.image(Availability.image) != nil)
            #expect(try await store.prune(toBytes: 0) == [names[0]])
        }
    }
}

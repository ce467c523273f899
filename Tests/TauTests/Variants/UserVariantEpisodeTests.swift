import Evaluation
import JSON
import Models
import Testing

@testable import Tau

@Suite("User variants in tau2 episodes")
struct UserVariantEpisodeTests {
    private func run(_ variant: String?, in root: String) async throws -> (Episode, RecordingBrain) {
        var setting = EpisodeHarness.Setting()
        setting.profile["user_variant"] = variant.map { .string($0) }
        return try await EpisodeHarness(root: root).run(setting)
    }

    private func prompts(_ brain: RecordingBrain, of participant: String) -> Set<String> {
        Set(brain.requests(of: participant).flatMap { $0.messages.filter { $0.role == .system }.compactMap(\.text) })
    }

    @Test("Every variant's text reaches the user's model, exactly, and never the agent's, with eight at once")
    func reachesTheUser() async throws {
        let data = try OwnMockData()
        let root = data.root
        let (plain, brain) = try await run(nil, in: root)
        let base = try #require(prompts(brain, of: "user").first)
        #expect(prompts(brain, of: "user").count == 1)
        #expect(plain.sample.metadata["user_variant"]?["name"] == "control")
        let names = UserVariantCatalog.standard.names + UserVariantCatalog.standard.names.reversed()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (place, name) in names.enumerated() {
                if place >= 8 { try await group.next() }
                group.addTask {
                    let (episode, brain) = try await run(name, in: root)
                    let variant = try UserVariantCatalog.standard.variant(named: name)
                    #expect(prompts(brain, of: "user") == [base + variant.suffix], "\(name)")
                    let agent = prompts(brain, of: "agent").joined()
                    #expect(variant.isControl || !agent.contains(variant.suffix), "\(name)")
                    let kept = episode.sample.metadata["user_variant"] ?? .null
                    #expect(kept == variant.metadata(systemPrompt: base + variant.suffix), "\(name)")
                }
            }
            try await group.waitForAll()
        }
        // The directory goes away with the value.
        _ = consume data
    }

    @Test("An unknown variant is refused when the configuration is read")
    func unknown() {
        let node = ConfigNode(
            json: ["user_variant": "angre"], location: SourceLocation(file: "a.yaml", line: 1, column: 1), path: "p")
        var diagnostics = Diagnostics()
        _ = Tau2Settings.decode(node, into: &diagnostics)
        #expect(diagnostics.all.contains { $0.advice == "did you mean 'anger'?" })
    }
}

import Evaluation
import Testing

@Suite("What a registry proposes")
struct SuggestionTests {
    private struct Nothing: AgentHook {
        func run(on episode: inout Episode, in scope: EpisodeScope) async throws {}
    }

    @Test func otherSpellingsAreUnderstoodAndNotProposed() {
        var registry = Registry(kits: [])
        registry.hooks.register(
            Registration("save_state", aliases: ["save-state", "saveState", "keep_state"], summary: "Saves.") {
                Nothing()
            })
        #expect(registry.hooks["save-state"] != nil)
        #expect(registry.hooks.names == ["save_state", "keep_state", "save-state", "saveState"])
        #expect(registry.hooks.suggestions == ["save_state", "keep_state"])
        #expect(NearMiss.find("sav-state", among: registry.hooks.suggestions) == "save_state")
    }
}

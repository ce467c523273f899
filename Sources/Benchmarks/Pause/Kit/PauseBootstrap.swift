import Engine
import Evaluation
import JSON

/// `pause_bootstrap`: gives the episode a fresh platform and prepares the dialogue.
struct PauseBootstrap: RoleAdapter {
    let settings: PauseDialogueSettings
    let library: PauseTaskLibrary

    let contract = StepContract(reads: [.sample], writes: [.messages, .tools, .world, .dialogue])

    func perform(on episode: inout Episode, in scope: EpisodeScope) async throws {
        let facts = try PauseSampleFacts(episode.sample)
        let store = try await library.store(file: facts.place.path, branch: facts.place.branch)
        var request = PauseDialoguePreparation.Request(
            task: facts.task, branch: facts.place.branch, store: store, route: facts.route)
        request.isInference = facts.isInference
        request.settings = settings
        let preparation = try PauseDialoguePreparation(request, models: scope.models)
        episode.tools = []
        episode.world = preparation.world
        episode.dialogue = preparation.setup
    }
}

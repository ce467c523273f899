import Evaluation
import JSON

/// The parameters of `pause_dialogues`.
struct PauseDialoguesParameters: Parameters {
    var routes: [PauseRoute] = [PauseRoute()]
    var dialogue = PauseDialogueSettings()

    static var fields: [ParameterField<Self>] {
        [.init("routes", \.routes, "Who plays assistant and user, a dialogue each.")]
            + PauseDialogueSettings.fields.map { ParameterField(of: \.dialogue, $0) }
    }
}

/// `pause_dialogues`: leads the dialogues of several routes about one task, for judges that compare them.
struct PauseDialoguesRole: RoleAdapter {
    let parameters: PauseDialoguesParameters
    let library: PauseTaskLibrary

    let contract = StepContract(reads: [.sample], writes: [.trajectory, .prediction])

    func perform(on episode: inout Episode, in scope: EpisodeScope) async throws {
        let facts = try PauseSampleFacts(episode.sample)
        var request = PauseDialoguePreparation.Request(
            task: facts.task, branch: facts.place.branch,
            store: try await library.store(file: facts.place.path, branch: facts.place.branch), route: PauseRoute())
        request.isInference = facts.isInference
        request.settings = parameters.dialogue
        let results = try await PauseDialogueRunner(scope: scope, stream: "").run(request, routes: parameters.routes)
        // What everybody said counts for the run's budget.
        episode.trajectory.entries += results.flatMap(\.entries)
        if let failure = results.first?.failure, results.allSatisfy({ $0.failure != nil }) { throw failure }
        episode.prediction = Prediction(
            answer: nil, artifacts: ["trajs": .array(results.map { .object($0.json) })])
    }
}

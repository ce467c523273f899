import Evaluation
import JSON

/// `pause_shopping`: scores the final state of a shopping task; other tasks it leaves alone.
struct PauseShoppingJudge: RoleAdapter {
    let contract = StepContract(reads: [.sample, .prediction], writes: [.verdicts])

    func perform(on episode: inout Episode, in scope: EpisodeScope) async throws {
        let facts = try PauseSampleFacts(episode.sample)
        var output: JSONObject = [:]
        if let expected = facts.task.expectedTransaction {
            let score = ShoppingScore(
                state: episode.prediction?.artifacts["shopping_state"]?.objectValue, expected: expected)
            output["pause_shopping"] = score.json
        }
        episode.verdicts.append(Verdict(judge: scope.adapter.id, output: output))
    }
}

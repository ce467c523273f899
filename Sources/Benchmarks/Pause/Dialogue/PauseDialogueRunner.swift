import Engine
import Evaluation
import JSON

/// Leads the dialogues of several routes about one task, inside one step of an episode.
///
/// Routes with the same client wait for each other; those of different clients run at once. The results stand in the order
/// of the routes.
struct PauseDialogueRunner: Sendable {
    /// What came of one route.
    struct Result: Sendable {
        /// The entry of `trajs`.
        var json: JSONObject
        /// The messages.
        var entries: [Trajectory.Entry]
        /// What failed, where something did.
        var failure: EvaluationError?
    }

    let scope: EpisodeScope
    /// What makes the dialogues of one repetition differ from those of another.
    let stream: String

    /// Leads a dialogue for each route; `request` says everything but the route.
    ///
    /// A dialogue that fails becomes an error trajectory. Throws cancellation alone.
    func run(_ request: PauseDialoguePreparation.Request, routes: [PauseRoute]) async throws -> [Result] {
        let groups = Dictionary(grouping: routes.enumerated().map { $0 }, by: \.element.assistantClient)
        return try await withThrowingTaskGroup(of: [(Int, Result)].self) { group in
            for numbered in groups.values {
                group.addTask {
                    var results: [(Int, Result)] = []
                    for (number, route) in numbered {
                        var request = request
                        request.route = route
                        results.append((number, try await run(request, number: number)))
                    }
                    return results
                }
            }
            var all: [(Int, Result)] = []
            for try await results in group { all += results }
            return all.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func run(_ request: PauseDialoguePreparation.Request, number: Int) async throws -> Result {
        var scope = scope
        scope.seeds = SeedDerivation(root: scope.seeds.seed(for: "pause_dialogue", stream, String(number)))
        var episode = Episode(id: scope.episode, seed: scope.seeds.root, sample: Sample(id: scope.episode.sample))
        do {
            let preparation = try PauseDialoguePreparation(request, models: scope.models)
            episode.world = preparation.world
            var loop = DialogueLoop(setup: preparation.setup, agent: preparation.agent)
            try await loop.run(on: &episode, in: scope)
        } catch {
            try Task.checkCancellation()
            let failure =
                error as? EvaluationError
                ?? EvaluationError(.unexpected, "the dialogue failed", cause: .gage, underlying: error)
            return Result(
                json: writer(of: episode, request).json(failedWith: failure), entries: episode.trajectory.entries,
                failure: failure)
        }
        return Result(json: writer(of: episode, request).json, entries: episode.trajectory.entries)
    }

    private func writer(
        of episode: Episode, _ request: PauseDialoguePreparation.Request
    ) -> PauseTrajectoryWriter {
        PauseTrajectoryWriter(
            trajectory: episode.trajectory, artifacts: episode.prediction?.artifacts ?? request.route.logFields,
            task: request.task)
    }
}

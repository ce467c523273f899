import Evaluation
import JSON

/// `pause_stored`: takes what was said from a log in the place of leading a dialogue.
struct PauseStoredRole: RoleAdapter {
    let contract = StepContract(reads: [.sample], writes: [.trajectory, .prediction])

    func perform(on episode: inout Episode, in scope: EpisodeScope) async throws {
        let trajectory = episode.sample.gold["pause_evaluation"]?["trajectory"]?.objectValue ?? [:]
        let reader = PauseTrajectoryReader(trajectory)
        let last = reader.events.last { event in
            if case .message(.agent, _) = event { true } else { false }
        }
        var prediction = Prediction(answer: nil)
        if case .message(_, let text) = last { prediction.answer = text }
        episode.prediction = prediction
    }
}

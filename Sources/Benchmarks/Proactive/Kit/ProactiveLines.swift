import Evaluation
import JSON

/// The trajectories of an episode as its prediction holds them.
enum ProactiveLines {
    static let key = "trajectories"

    /// What a prediction holds: the lines without tests and other gold data of the state.
    static func json(_ lines: [ProactiveTrajectory]) -> JSONValue {
        .array(
            lines.map { line in
                var object = line.json
                object["state"] = .object(line.state.coreJSON)
                return .object(object)
            })
    }

    /// The lines of a prediction, with the gold data of the sample's state put back.
    ///
    /// Throws ``EvaluationError``, cause `configuration`, where there are none.
    static func read(
        _ prediction: Prediction?, state: ProactiveState
    ) throws(EvaluationError) -> [ProactiveTrajectory] {
        guard let lines = prediction?.extras[key]?.arrayValue, !lines.isEmpty else {
            throw EvaluationError(
                .judgeFailed, "the episode has no trajectories of ProactiveLLM", cause: .configuration,
                advice: "let an agent with 'implementation: proactive_rollout' run before the judges")
        }
        var found: [ProactiveTrajectory] = []
        for line in lines {
            var trajectory = try ProactiveTrajectory(json: line)
            trajectory.state.mbppTests = state.mbppTests
            trajectory.state.extras = state.extras
            for place in trajectory.interactions.indices {
                trajectory.interactions[place].state.mbppTests = state.mbppTests
                trajectory.interactions[place].state.extras = state.extras
            }
            found.append(trajectory)
        }
        return found
    }
}

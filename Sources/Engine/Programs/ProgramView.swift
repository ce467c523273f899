import Evaluation
import JSON

/// What programs see of an episode.
enum ProgramView {
    /// Which episode it is.
    static func identity(_ episode: EpisodeID) -> JSONValue {
        ["task": .string(episode.task), "sample": .string(episode.sample), "trial": .int(Int64(episode.trial))]
    }

    /// What judges and metrics see: the sample with its gold data, what was said and done, and the verdicts so far.
    static func judged(_ episode: Episode) -> JSONObject {
        var verdicts: JSONObject = [:]
        for verdict in episode.verdicts { verdicts[verdict.judge] = .object(verdict.output) }
        return [
            "episode": identity(episode.id), "sample": .object(episode.sample.judgedJSON),
            "prediction": episode.prediction?.json ?? .null, "trajectory": episode.trajectory.json,
            "verdicts": .object(verdicts),
        ]
    }
}

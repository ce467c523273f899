public import JSON

/// A finished episode as the journal holds it.
///
/// Reports, metrics and re-scoring start from this and nothing else.
public struct EpisodeRecord: Sendable {
    /// Which attempt it was.
    public var id: EpisodeID
    /// Its seed.
    public var seed: UInt64
    /// How it ended.
    public var outcome: Outcome
    /// The sample as judges see it (``Sample/judgedJSON``).
    public var sample: JSONObject
    /// What the agent produced; nil when inference did not finish.
    public var prediction: Prediction?
    /// Everything said and done, also in an episode that errored.
    public var trajectory: Trajectory
    /// The judges' outputs.
    public var verdicts: [Verdict]
    /// The metrics' values; empty unless scored.
    public var scores: [Score]
    /// What failed in earlier attempts at this same episode, oldest first.
    public var failedAttempts: [EvaluationError]
    /// Seconds since 1970 at its start.
    public var startedAt: Double
    /// Seconds that it took, the last attempt only.
    public var duration: Double
    /// Seconds by step, as `inference`, `judge:tau2_judge`.
    public var stepDurations: [(step: String, seconds: Double)]

    /// Records a finished episode, without what its ``Episode/redaction`` takes out.
    public init(
        episode: Episode, outcome: Outcome, startedAt: Double, duration: Double,
        stepDurations: [(step: String, seconds: Double)] = [], failedAttempts: [EvaluationError] = []
    ) {
        id = episode.id
        seed = episode.seed
        self.outcome = outcome
        sample = episode.sample.judgedJSON
        prediction = episode.prediction
        trajectory = episode.trajectory
        verdicts = episode.verdicts
        scores = episode.scores
        self.failedAttempts = failedAttempts
        self.startedAt = startedAt
        self.duration = duration
        self.stepDurations = stepDurations
        episode.redaction?(&self)
    }

    /// The judges' outputs merged by key, later judges winning.
    public var judgeOutput: JSONObject {
        var merged: JSONObject = [:]
        for verdict in verdicts {
            for (key, value) in verdict.output { merged[key] = value }
        }
        return merged
    }
}

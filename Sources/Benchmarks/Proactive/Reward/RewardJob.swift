public import Evaluation
public import JSON

/// Computes rewards and preference pairs of a trajectories file.
///
/// The file is only read, and no model is asked: the same trajectories can be weighed as often as one likes.
public struct RewardJob: Sendable {
    /// What came of it.
    public struct Outcome: Sendable {
        /// The trajectories with their scores.
        public let scored: [ScoredTrajectory]
        /// The pairs and what made none.
        public let pairs: PreferenceSet
        /// Lines at the file's end that were cut off.
        public let cutOff: Int

        /// Trajectories, decision points, pairs and so on, and the isolation that tests ran under.
        public func json(_ settings: RewardSettings) -> JSONObject {
            var object: JSONObject = ["trajectories": JSONValue(scored.count), "cut_off_lines": JSONValue(cutOff)]
            for (key, value) in pairs.statistics { object[key] = value }
            let parts = RewardDecomposition(scored, settings: settings)
            object["by_persona"] = .object(parts.byPersona)
            object["test_sandboxes"] = .object(parts.sandboxes)
            return object
        }

        /// Whether a program ran without isolation.
        public var hasWeakTests: Bool { scored.contains { $0.task.tests?.sandbox == "weak" } }
    }

    /// Scores tasks.
    public var reward: TaskReward
    /// The weights.
    public var settings: RewardSettings
    /// How many programs run at a time.
    public var concurrency: Int

    /// Makes a job.
    public init(reward: TaskReward, settings: RewardSettings = .init(), concurrency: Int = 4) {
        self.reward = reward
        self.settings = settings
        self.concurrency = concurrency
    }

    /// Reads a file, scores it, and makes the pairs; writes nothing.
    ///
    /// Throws ``EvaluationError``, cause `configuration` or `task` with file and line, or `sandbox`.
    public func run(trajectories path: String, named name: String) async throws -> Outcome {
        let (lines, cutOff) = try await TrajectoriesFile.read(path, named: name)
        let scored = try await TrajectoryScoring(reward: reward, concurrency: concurrency).scored(lines)
        return Outcome(scored: scored, pairs: PreferenceSet(scored, settings: settings), cutOff: cutOff)
    }

    /// Writes the pairs as JSON lines.
    ///
    /// Throws ``EvaluationError`` where the disk does not allow it.
    public static func write(_ pairs: PreferenceSet, to path: String) throws(EvaluationError) {
        try LineOutput(path).write(pairs.pairs.map(\.json))
    }
}

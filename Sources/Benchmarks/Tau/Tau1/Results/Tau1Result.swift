public import Evaluation
public import JSON

/// One result as the official command's files hold it.
public struct Tau1Result: Sendable, Hashable {
    /// The task's place in the list of its split.
    public var taskID: Int
    /// 1 or 0.
    public var reward: Double
    /// The task, the verdict, the user's cost; or what failed.
    public var info: JSONValue
    /// The messages that the agent's model saw and made, in OpenAI's shape.
    public var trajectory: [JSONValue]
    /// Which attempt it is, counted from 0.
    public var trial: Int

    /// Whether the reward counts as a success, by the official tolerance.
    public var isSuccess: Bool { Tau2RewardInfo.isSuccess(reward) }

    /// The error that stands in the place of a verdict; nil for a run that went well.
    public var error: String? { info["error"]?.stringValue }

    /// Makes a result.
    public init(taskID: Int, reward: Double, info: JSONValue, trajectory: [JSONValue], trial: Int) {
        self.taskID = taskID
        self.reward = reward
        self.info = info
        self.trajectory = trajectory
        self.trial = trial
    }

    /// Reads a result in the official shape.
    ///
    /// Throws ``EvaluationError`` (`data.malformed`) that names the position otherwise.
    public init(json: JSONValue, position: Int) throws(EvaluationError) {
        guard let taskID = json["task_id"]?.intValue, let reward = json["reward"]?.doubleValue else {
            throw EvaluationError(
                .dataMalformed, "result \(position) needs a 'task_id' and a 'reward'", cause: .task,
                advice: "give a result file of the official command: a list of {task_id, reward, info, traj, trial}")
        }
        self.init(
            taskID: taskID, reward: reward, info: json["info"] ?? .null, trajectory: json["traj"]?.arrayValue ?? [],
            trial: json["trial"]?.intValue ?? 0)
    }

    /// The result in the official shape.
    public var json: JSONValue {
        [
            "task_id": JSONValue(taskID), "reward": JSONValue(reward), "info": info, "traj": .array(trajectory),
            "trial": JSONValue(trial),
        ]
    }
}

public import Evaluation
public import JSON

/// One run of a task as official result files hold it.
public struct Tau2SimulationRun: Sendable, Hashable {
    /// Its name, unique within the file.
    public var id: String
    /// The task.
    public var taskID: String
    /// Which attempt it is, counted from 0.
    public var trial: Int?
    /// The seed of the models.
    public var seed: Int?
    /// Why it ended.
    public var termination: Termination
    /// Everything said and done; nil in a voice run, which holds it otherwise.
    public var messages: [Tau2Message]?
    /// What the grader found, in the official shape; null before grading.
    public var rewardInfo: JSONValue
    /// What the agent's model cost.
    public var agentCost: Double?
    /// What the user's model cost.
    public var userCost: Double?
    /// When it began, in local ISO form.
    public var startTime: String
    /// When it ended.
    public var endTime: String
    /// How many seconds it took.
    public var duration: Double
    /// Everything else, as it came.
    public var extras: JSONObject

    /// Why a run ended that never really took place: the official word.
    public static let infrastructureError = Termination("infrastructure_error")

    /// The reward; nil before grading.
    public var reward: Double? { rewardInfo["reward"]?.doubleValue }

    /// Reads a run in the official shape.
    ///
    /// Throws ``EvaluationError`` (`data.malformed`) that names the run otherwise.
    public init(json: JSONValue) throws(EvaluationError) {
        guard let object = json.objectValue, let id = object["id"]?.stringValue else {
            throw .malformedTau2("a simulation needs an id")
        }
        let owner = "simulation '\(id)'"
        self.id = id
        // Old files have numbers here.
        taskID = object["task_id"]?.stringValue ?? object["task_id"]?.intValue.map(String.init) ?? ""
        guard !taskID.isEmpty else { throw .malformedTau2("\(owner) needs a 'task_id'") }
        trial = object["trial"]?.intValue
        seed = object["seed"]?.intValue
        termination = Termination(try object.requiredString("termination_reason", of: owner))
        messages = try object.optionalList("messages", of: owner).map { items throws(EvaluationError) in
            var messages: [Tau2Message] = []
            for item in items { messages.append(try Tau2Message(json: item)) }
            return messages
        }
        rewardInfo = object["reward_info"] ?? .null
        agentCost = object["agent_cost"]?.doubleValue
        userCost = object["user_cost"]?.doubleValue
        startTime = object["start_time"]?.stringValue ?? ""
        endTime = object["end_time"]?.stringValue ?? ""
        duration = object["duration"]?.doubleValue ?? 0
        extras = [:]
        for (key, value) in object where !Self.readKeys.contains(key) { extras[key] = value }
    }

    private static let readKeys: Set<String> = [
        "id", "task_id", "trial", "seed", "termination_reason", "messages", "reward_info", "agent_cost", "user_cost",
        "start_time", "end_time", "duration",
    ]

    /// The run in the official shape.
    public var json: JSONValue {
        var object: JSONObject = [
            "id": .string(id), "task_id": .string(taskID), "start_time": .string(startTime),
            "end_time": .string(endTime), "duration": JSONValue(duration),
            "termination_reason": .string(termination.rawValue), "agent_cost": JSONValue(optional: agentCost),
            "user_cost": JSONValue(optional: userCost), "reward_info": rewardInfo,
            "messages": messages.map { .array($0.map(\.json)) } ?? .null,
            "trial": JSONValue(optional: trial), "seed": JSONValue(optional: seed),
        ]
        object.merge(extras)
        return .object(object)
    }

    /// What the index of a directory of runs says about it.
    var indexEntry: JSONValue {
        [
            "id": .string(id), "task_id": .string(taskID), "trial": JSONValue(trial ?? 0),
            "reward": JSONValue(optional: reward), "termination_reason": .string(termination.rawValue),
            "agent_cost": JSONValue(optional: agentCost), "duration": JSONValue(duration),
        ]
    }
}

public import JSON

/// What a client asks for: a model on a subset, or on some of its tasks.
public struct RunRequest: Sendable, Hashable {
    /// The model under test, by the name that configurations use: `openai/gpt-4o`.
    public var model: String
    /// The subset: `airline`.
    public var subset: String
    /// The tasks by id, in the order asked for; empty for the whole subset.
    public var tasks: [String]
    /// Attempts at each task; nil for the benchmark's own number.
    public var trials: Int?
    /// The model that plays the user; nil for the benchmark's own.
    public var userModel: String?
    /// A run to go on with; nil for a new one.
    public var runID: String?

    /// Asks for a subset.
    public init(model: String, subset: String, tasks: [String] = []) {
        self.model = model
        self.subset = subset
        self.tasks = tasks
        trials = nil
        userModel = nil
        runID = nil
    }

    /// The request as answers show it.
    public var json: JSONObject {
        var object: JSONObject = ["model": .string(model), "subset": .string(subset)]
        object["task_ids"] = tasks.isEmpty ? .null : .array(tasks.map(JSONValue.string))
        if let trials { object["trials"] = JSONValue(trials) }
        if let userModel { object["user_model"] = .string(userModel) }
        return object
    }
}

/// One line of the scores: one attempt at one task.
public struct ScoreRow: Sendable {
    /// The task's id, as clients name it.
    public var task: String
    /// The attempt, counted from 0.
    public var trial: Int
    /// Whether the task could not be scored.
    public var isErrored: Bool
    /// The line itself.
    public var line: JSONObject

    /// Makes a line.
    public init(task: String, trial: Int, isErrored: Bool, line: JSONObject) {
        self.task = task
        self.trial = trial
        self.isErrored = isErrored
        self.line = line
    }
}

/// How a run stands, for lists and for `/runs/{id}`.
public struct RunDescription: Sendable {
    /// The run's id.
    public var id: String
    /// What was asked for.
    public var request: RunRequest
    /// Where it stands.
    public var phase: RunPhase
    /// Why it did not complete, in a sentence.
    public var reason: String?
    /// How many attempts are planned; nil where that is not known.
    public var planned: Int?
    /// How many attempts have a score.
    public var scored = 0
    /// How many attempts could not be judged.
    public var unscorable = 0
    /// How many attempts failed, by cause.
    public var errored: [String: Int] = [:]
    /// Seconds since 1970 when it was asked for or begun.
    public var startedAt: Double

    /// Describes a run.
    public init(id: String, request: RunRequest, phase: RunPhase, startedAt: Double) {
        self.id = id
        self.request = request
        self.phase = phase
        self.startedAt = startedAt
    }

    /// The description as answers show it.
    public var json: JSONObject {
        var object: JSONObject = ["run_id": .string(id), "status": .string(phase.rawValue)]
        if let reason { object["reason"] = .string(reason) }
        object = object.merging(request.json)
        object["planned"] = planned.map { JSONValue($0) } ?? .null
        object["scored"] = JSONValue(scored)
        object["unscorable"] = JSONValue(unscorable)
        var causes: JSONObject = [:]
        for (cause, count) in errored.sorted(by: { $0.key < $1.key }) { causes[cause] = JSONValue(count) }
        object["errored"] = .object(causes)
        object["started_at"] = JSONValue(startedAt)
        let path = "/runs/\(id)"
        object["links"] = [
            "self": .string(path), "scores": .string("\(path)/scores"), "events": .string("\(path)/events"),
        ]
        return object
    }
}

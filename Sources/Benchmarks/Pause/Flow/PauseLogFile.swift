import Evaluation
import JSON

/// A log: one task with the trajectories of all routes.
struct PauseLogFile {
    /// Everything in it.
    let json: JSONObject

    init(json: JSONObject) { self.json = json }

    /// Reads a log.
    ///
    /// Throws ``EvaluationError``, cause `task`, when the file is no log.
    init(path: String) throws(EvaluationError) {
        guard let object = try PauseFiles.json(path).objectValue, object["trajs"]?.arrayValue != nil else {
            throw EvaluationError(
                .dataMalformed, "\(path) is no log: it needs the list 'trajs'", cause: .task,
                advice: "write logs with 'gage pause run-user-tasks'")
        }
        json = object
    }

    /// The branch.
    var branch: String { json["branch"]?.stringValue ?? "" }

    /// The profile before the dialogues; empty where the log has none.
    var profile: JSONObject? { json["profile"]?.objectValue }

    /// The trajectories.
    var trajectories: [JSONObject] { (json["trajs"]?.arrayValue ?? []).compactMap(\.objectValue) }

    /// The task as far as the log tells it.
    func task() throws(EvaluationError) -> PauseTask {
        var object: JSONObject = [:]
        for key in ["task_instruction", "label", "targets", "difficulty", "input_query_template", "gold"] {
            if let value = json[key], !value.isNull { object[key] = value }
        }
        if object["label"] == nil { object["label"] = "" }
        if let text = object["targets"]?.stringValue { object["targets"] = text.isEmpty ? [] : [.string(text)] }
        return try PauseTask(json: .object(object), branch: branch)
    }

    /// What an annotator needs.
    func job(name: String, trajectories: [JSONValue]) throws(EvaluationError) -> PauseAnnotationJob {
        PauseAnnotationJob(
            name: name, branch: branch, task: try task(), meta: json["meta"]?.objectValue, profile: profile,
            trajectories: trajectories.compactMap(\.objectValue))
    }

    /// A log of a task with the trajectories of all routes, in their order.
    static func make(
        task: PauseTask, branch: String, meta: JSONObject, profile: JSONObject, trajectories: [JSONObject]
    ) -> JSONObject {
        var object: JSONObject = [
            "meta": .object(meta), "profile": .object(profile), "branch": .string(branch),
            "task_instruction": .string(task.instruction), "label": .string(task.label),
            "targets": .array(task.targets), "difficulty": .string(task.difficulty.rawValue),
        ]
        if let plan = task.shoppingPlan { object["input_query_template"] = .object(plan) }
        if let gold = task.gold { object["gold"] = gold.json }
        object["trajs"] = .array(trajectories.map { .object($0) })
        return object
    }
}

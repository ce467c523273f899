public import Evaluation
public import JSON

extension PauseTask {
    /// Reads a task as it stands in a task file.
    ///
    /// Members that this program does not know are kept in ``extras``. Without `difficulty` the task takes the
    /// branch's. Throws ``EvaluationError`` (`data.malformed`) when the instruction, label or targets are missing.
    public init(json: JSONValue, branch: String) throws(EvaluationError) {
        guard let object = json.objectValue else {
            throw PauseTask.malformed("a task of branch '\(branch)' is not an object")
        }
        guard let instruction = object["task_instruction"]?.stringValue, let label = object["label"]?.stringValue,
            let targets = object["targets"]?.arrayValue
        else {
            throw PauseTask.malformed(
                "a task of branch '\(branch)' needs task_instruction, label (strings) and targets (a list)")
        }
        var difficulty = PauseBranch(rawValue: branch)?.difficulty ?? .hard
        if let text = object["difficulty"]?.stringValue {
            guard let given = Difficulty(rawValue: text) else {
                throw PauseTask.malformed("difficulty '\(text)' of task '\(label)' is neither 'easy' nor 'hard'")
            }
            difficulty = given
        }
        self.init(
            instruction: instruction, label: label, targets: targets, difficulty: difficulty,
            shoppingPlan: object["input_query_template"]?.objectValue)
        if let gold = object["gold"], !gold.isNull { self.gold = try PauseGold(json: gold, label: label) }
        annotatedLogPath = object["annotated_log_path"]?.stringValue
        extras = object
        for key in PauseTask.knownKeys { extras[key] = nil }
    }

    /// The task as it stands in a task file.
    public var json: JSONValue {
        var object: JSONObject = [
            "task_instruction": .string(instruction), "label": .string(label), "targets": .array(targets),
            "difficulty": .string(difficulty.rawValue),
        ]
        if let shoppingPlan { object["input_query_template"] = .object(shoppingPlan) }
        if let gold { object["gold"] = gold.json }
        if let annotatedLogPath { object["annotated_log_path"] = .string(annotatedLogPath) }
        object.merge(extras)
        return .object(object)
    }

    static let knownKeys = [
        "task_instruction", "label", "targets", "difficulty", "input_query_template", "gold", "annotated_log_path",
    ]

    static func malformed(_ message: String) -> EvaluationError {
        EvaluationError(
            .dataMalformed, message, cause: .task,
            advice: "write the file again with 'gage pause generate-tasks', or correct it by hand")
    }
}

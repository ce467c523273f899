import Evaluation
import JSON

/// `tau2_preprocessor`: turns a task into a sample.
///
/// The task itself, gold actions and all, goes where only judges and the world's set-up look; what prompts may show
/// goes into `metadata.tau2`.
struct Tau2Preprocessor: Preprocessor {
    func process(_ record: DatasetRecord) throws -> PreprocessingResult {
        let fields = record.fields["task"]?.objectValue ?? record.fields
        let task: Tau2Task
        do {
            task = try Tau2Task(json: .object(fields))
        } catch {
            throw EvaluationError(.dataMalformed, "\(record.origin): \(error.message)", cause: .task)
        }
        func fact(_ key: String) -> JSONValue { record.fields["_tau2_\(key)"] ?? record.fields[key] ?? .null }
        guard let domain = fact("domain").stringValue else {
            throw EvaluationError(
                .dataMalformed, "\(record.origin) does not say which tau2 domain it is of", cause: .task,
                advice: "load it with 'tau2_tasks', or give the record a key 'domain'")
        }
        var sample = Sample(id: "\(domain)_\(task.id)")
        sample.taskType = "agent"
        sample.toolChoice = .auto
        sample.trialCount = fact("num_trials").intValue
        sample.metadata["tau2"] = [
            "task_id": .string(task.id), "domain": .string(domain), "task_set": fact("task_set"),
            "task_split": fact("split"), "seed": fact("seed"), "trial_seeds": fact("trial_seeds"),
            "data_dir": fact("data_dir"), "user_scenario": task.userScenario.json,
            "reward_basis": .array((task.evaluationCriteria?.rewardBasis ?? []).map { .string($0.rawValue) }),
            "has_initial_state": .bool(task.initialState != nil),
        ]
        sample.gold["tau2_task"] = task.json
        return .sample(sample)
    }
}

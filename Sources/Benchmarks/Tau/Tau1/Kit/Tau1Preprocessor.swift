import Evaluation
import JSON

/// `tau_bench_preprocessor`: turns a task into a sample.
///
/// The task itself, gold actions and all, goes where only judges and the world's set-up look; what prompts may show goes
/// into `metadata.tau_bench`.
struct Tau1Preprocessor: Preprocessor {
    func process(_ record: DatasetRecord) throws -> PreprocessingResult {
        guard let facts = record.fields["_tau_bench"]?.objectValue, let environment = facts["env"]?.stringValue,
            let split = facts["split"]?.stringValue, let id = facts["task_id"]?.intValue
        else {
            throw EvaluationError(
                .dataMalformed, "\(record.origin) does not say which τ-bench task it is", cause: .task,
                advice: "load it with 'tau_bench_tasks'")
        }
        let task: Tau1Task
        do {
            task = try Tau1Task(json: .object(record.fields), position: id)
        } catch {
            throw EvaluationError(.dataMalformed, "\(record.origin): \(error.message)", cause: .task)
        }
        var sample = Sample(id: "\(environment)_\(split)_\(id)")
        sample.taskType = "agent"
        sample.trialCount = facts["num_trials"]?.intValue
        var metadata = facts
        metadata["num_trials"] = nil
        metadata["user_id"] = .string(task.userID)
        sample.metadata["tau_bench"] = .object(metadata)
        sample.gold["tau_bench_task"] = task.json
        return .sample(sample)
    }
}

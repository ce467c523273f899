import Evaluation
import JSON

/// `pause_preprocessor`: turns a task for one route into a sample.
///
/// The task, solution and all, goes where only judges and the set-up of the dialogue look.
struct PausePreprocessor: Preprocessor {
    func process(_ record: DatasetRecord) throws -> PreprocessingResult {
        guard let facts = record.fields["_pause"]?.objectValue, let path = facts["file"]?.stringValue,
            let branch = facts["branch"]?.stringValue, let index = facts["index"]?.intValue,
            let number = facts["route_index"]?.intValue, let route = facts["route"].flatMap(PauseRoute.init(json:)),
            let json = record.fields["task"]
        else {
            throw EvaluationError(
                .dataMalformed, "\(record.origin) does not say which task it is", cause: .task,
                advice: "load it with 'pause_tasks'")
        }
        let task = try PauseTask(json: json, branch: branch)
        let place = PauseTaskPlace(path: path, branch: branch, index: index)
        var sample = Sample(id: "\(place.logName)__route_\(number)")
        sample.taskType = "agent"
        sample.trialCount = facts["num_trials"]?.intValue
        var metadata = facts
        metadata["num_trials"] = nil
        metadata["log"] = .string(place.logName)
        metadata["label"] = .string(task.label)
        metadata["difficulty"] = .string(task.difficulty.rawValue)
        metadata["assistant_model"] = .string(route.assistantModel)
        if metadata["domain"] == nil { metadata["domain"] = .string("\(route.assistantModel): \(branch)") }
        metadata["user_model"] = .string(route.userModel)
        sample.metadata["pause"] = .object(metadata)
        sample.gold["pause_task"] = task.json
        return .sample(sample)
    }
}

import JSON

/// A log whose trajectories are annotated.
struct PauseAnnotationJob: Sendable {
    /// The log's name, without `.json`.
    var name: String
    /// The branch.
    var branch: String
    /// The task, with its solution where the log has it.
    var task: PauseTask
    /// From what the store is built again; nil where the log does not say.
    var meta: JSONObject?
    /// The profile before the dialogues; nil where the log does not say.
    var profile: JSONObject?
    /// The trajectories.
    var trajectories: [JSONObject]

    /// Whether the task is one of the shop.
    var isShopping: Bool { branch == PauseBranch.shopping.rawValue || task.expectedTransaction != nil }

    /// The place of the whole log, or of one of its trajectories, in the pipeline.
    func place(_ trajectory: Int? = nil) -> PausePlaceInPipeline {
        PausePlaceInPipeline(
            file: "\(name).json", branch: branch, label: task.label, trajectory: trajectory,
            assistantModel: trajectory.map { PauseTrajectoryReader(trajectories[$0]).assistantModel } ?? "")
    }
}

/// How trajectories are annotated.
struct PauseAnnotationSettings: Sendable {
    /// The judges.
    var judges: [any PauseJudge]
    /// Whether tasks without a good trajectory are attempted again.
    var reruns = false
    /// Who attempts them again.
    var routes: [PauseRoute] = []
    /// What bounds those dialogues.
    var dialogue = PauseDialogueSettings()
    /// How often a task is attempted again.
    var rerunAttempts = 2
}

import Evaluation
import GageConfiguration
import Storage

extension RunExecutor {
    /// Judges and measures a run's episodes again, without asking the agent's model anything.
    ///
    /// The judges and metrics are this plan's, which may differ from those of the run; the rest of the plan is not used.
    /// What judges see is the sample with its gold data, the trajectory and the prediction; there is no world and no
    /// support output. Episodes without a prediction stay as they are. Earlier verdicts and scores are kept in the
    /// journal beside the new ones. `options.resumes` need not be set; the run of `options.runID` is used.
    ///
    /// Throws ``EvaluationError`` as ``run()`` does when a run is resumed, except that the plan may differ.
    public func rescore() async throws -> RunResult {
        var options = options
        options.resumes = true
        options.allowsChangedConfiguration = true
        let executor = RunExecutor(plan: plan, options: options, models: models, control: control, clock: clock)
        let session = try await RunSessionContext.open(executor, command: "score")
        return try await session.perform { task, _ in
            let source = JournalSource(journal: session.journal.journal, task: task.id)
            return .init(source: source, steps: task.steps.filter { $0.kind == .judge || $0.kind == .autoEval })
        }
    }
}

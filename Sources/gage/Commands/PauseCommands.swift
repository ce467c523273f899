import ArgumentParser

/// `gage pause …`: the stages of PAUSE under the names and with the flags of its scripts.
struct PauseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Prepare, run, evaluate and analyse PAUSE, a personal assistant with a simulated user.",
        discussion: """
            In the order of the work: generate-tasks, run-user-tasks, annotate-trajs, extract-annotated-tasks make saved \
            tasks; run-user-tasks --inference and evaluate-trajs measure a model on them. See docs/pause.md.
            """,
        subcommands: PauseTaskCommands.subcommands + [
            PauseRunUserTasksCommand.self, PauseAnnotateCommand.self, PauseExtractCommand.self,
            PauseEvaluateCommand.self, PauseEvaluateShoppingCommand.self, PauseSummarizeShoppingCommand.self,
            PauseTrajectoryStatisticsCommand.self, PauseSelectedStatisticsCommand.self, PauseConsistencyCommand.self,
            PauseErrorClassificationCommand.self,
        ])
}

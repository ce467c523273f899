import ArgumentParser
import Engine
import Evaluation
import GageConfiguration
import Glibc
import JSON
import Pause
import Reports
import Storage

/// What both evaluations are told.
struct PauseEvaluationOptions: ParsableArguments {
    @Option(name: PauseOptionName.both("tasks_dir"), help: "The saved tasks: a file or a directory.")
    var tasks: String

    @Option(name: PauseOptionName.both("evaluated_tasks_dir"), help: "Where the evaluated tasks go.")
    var output: String

    @Option(
        name: PauseOptionName.both("inference_logs_dir"),
        help: "The logs of the attempts; inference_logs beside tasks_dir by default.")
    var logs: String?

    /// Where the logs are.
    var logsDirectory: String {
        if let logs { return logs }
        let path = tasks.hasSuffix("/") ? String(tasks.dropLast()) : tasks
        return path.lastIndex(of: "/").map { "\(path[..<$0])/inference_logs" } ?? "inference_logs"
    }
}

/// `gage pause evaluate-trajs`: judges the logs of attempts at saved tasks, target by target.
struct PauseEvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate-trajs",
        abstract: "Judge attempts at saved tasks, target by target, and sum up by model, difficulty and branch.")

    @OptionGroup var evaluation: PauseEvaluationOptions

    @OptionGroup var choice: PauseTaskChoice
    @OptionGroup var stage: PauseStageOptions

    func run() async throws {
        let components = Components()
        let loaded = try stage.load(.evaluate, components, overrides: try overrides())
        let runner = PauseStageRunner(components: components, options: stage, exports: evaluation.output)
        var ending: (any Error)?
        var isWritten = false
        do {
            try await runner.run(.init(loaded: loaded, retriesErrored: true)) { journal in
                var export = PauseEvaluatedExport(directory: evaluation.output)
                try journal.forEachEpisode { export.add($0.record) }
                guard !export.isEmpty else { return }
                _ = try export.write()
                isWritten = true
            }
        } catch {
            ending = error
        }
        if isWritten {
            Output.result("evaluated tasks: \(evaluation.output), summary: \(evaluation.output)/summary.json")
        }
        if let ending { throw ending }
    }

    private func overrides() throws -> [ConfigurationOverride] {
        var overrides = [
            ConfigurationOverride("datasets[0].params.tasks_dir", .string(evaluation.tasks), from: "--tasks_dir"),
            ConfigurationOverride(
                "datasets[0].params.logs_dir", .string(evaluation.logsDirectory), from: "--inference_logs_dir"),
        ]
        overrides += choice.overrides
        guard let routes = try stage.routesFile() else { return overrides }
        return overrides + routes.backendOverrides
            + routes.judgeOverrides("evaluator", at: "role_adapters.evaluator.params")
    }
}

/// `gage pause evaluate-trajs-shopping`: scores the final states of shopping trajectories.
struct PauseEvaluateShoppingCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate-trajs-shopping",
        abstract: "Score shopping trajectories by their final state, without a model.")

    @OptionGroup var evaluation: PauseEvaluationOptions

    @Option(help: "The branch whose tasks are orders.")
    var branch = "shopping"

    @Option(help: "strict counts products of completed orders alone, source those of any transaction.")
    var mode = "strict"

    func validate() throws {
        guard ["strict", "source"].contains(mode) else {
            throw ValidationError("there is no --mode '\(mode)'; there are strict and source")
        }
    }

    func run() throws {
        let files = try PauseShoppingEvaluation(
            tasks: evaluation.tasks, logs: evaluation.logsDirectory, output: evaluation.output, branch: branch,
            isStrict: mode == "strict"
        ).run()
        Output.result("evaluated tasks: \(evaluation.output) (\(files.count) files)")
        if files.isEmpty { Output.note("\(evaluation.tasks) has no task of the branch '\(branch)'") }
    }
}

/// `gage pause summarize-shopping-scores`: averages shopping scores by model.
struct PauseSummarizeShoppingCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "summarize-shopping-scores", abstract: "Average the scores of evaluated shopping tasks by model.")

    @Option(name: PauseOptionName.both("evaluated_dir"), help: "The evaluated shopping tasks.")
    var directory: String

    @Option(help: "The branch.")
    var branch = "shopping"

    func run() throws {
        let summaries = try PauseShoppingSummary.run(directory: directory, branch: branch)
        guard !summaries.isEmpty else {
            Output.note("no trajectory of the branch '\(branch)' was scored in \(directory)")
            throw ExitStatus.erroredEpisodes.exitCode
        }
        let names = summaries[0].averages.map(\.name)
        var table = TextTable(
            [.init("model", canShrink: true), .init("n", .right)] + names.map { .init($0, .right) })
        for summary in summaries {
            table.add(
                [summary.model, String(summary.count)]
                    + summary.averages.map { FixedDecimals.text($0.value, decimals: 3) })
        }
        let terminal = Terminal(descriptor: STDOUT_FILENO, environment: ProcessEnvironment.variables())
        for line in table.lines(on: terminal) { Output.result(line) }
        Output.result("summary: \(directory)/shopping_summary_\(branch).json")
    }
}

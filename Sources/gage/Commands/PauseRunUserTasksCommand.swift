import ArgumentParser
import Engine
import Evaluation
import GageConfiguration
import JSON
import Pause
import Storage

/// `gage pause run-user-tasks`: leads the dialogues of all routes about tasks, and writes a log for each task.
struct PauseRunUserTasksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run-user-tasks",
        abstract: "Lead the dialogues about tasks and write a log for each task.",
        discussion: """
            A log that is there is skipped unless --force is given. What is interrupted goes on with the same command. The \
            journal, the summary and the report of the run lie in gage_runs beside the output directory.
            """)

    @Option(name: PauseOptionName.both("tasks_file"), help: "A task file.")
    var tasksFile: String?

    @Option(name: PauseOptionName.both("tasks_files"), parsing: .upToNextOption, help: "Task files or directories.")
    var tasksFiles: [String] = []

    @Option(name: PauseOptionName.both("output_dir"), help: "Where the logs go.")
    var outputDirectory: String

    @Flag(help: "Leave the assistant without the branch's tools and policy, as when it is evaluated.")
    var inference = false

    @OptionGroup var choice: PauseTaskChoice
    @OptionGroup var stage: PauseStageOptions

    func validate() throws {
        guard tasksFile != nil || !tasksFiles.isEmpty else {
            throw ValidationError("say which tasks: --tasks_file FILE or --tasks_files DIR")
        }
    }

    func run() async throws {
        let components = Components()
        let loaded = try stage.load(.testrun, components, overrides: try overrides())
        let runner = PauseStageRunner(components: components, options: stage, exports: outputDirectory)
        let wanted = try await samples(of: loaded.plan)
        let present = stage.force ? [] : wanted.keys.filter { isPresent($0) }
        let export = PauseLogExport(
            directory: outputDirectory, trajectoriesPerTask: wanted.values.map(\.count).max() ?? 1,
            skipping: Set(present))
        // What an interrupted run has finished is not attempted again, and its logs are written first; those of failures
        // are not, when these are attempted again.
        if !stage.retryErrored, let id = try await runner.resumable(loaded.plan) {
            try write(try runner.journal(of: id), export)
        }
        let done = Set(present).union(export.written)
        let missing = wanted.filter { !done.contains($0.key) }
        if !present.isEmpty { Output.note("\(present.count) logs are there already and are skipped") }
        guard !missing.isEmpty else { return show(written: export.written.count) }
        var job = PauseStageRunner.Job(loaded: loaded)
        if !done.isEmpty { job.only = Set(missing.values.joined()) }
        job.onCommit = { export.add($0) }
        var ending: (any Error)?
        do {
            try await runner.run(job) { try write($0, export) }
        } catch {
            ending = error
        }
        if let failure = export.failure { throw failure }
        show(written: export.written.count)
        if let ending { throw ending }
    }

    private func overrides() throws -> [ConfigurationOverride] {
        let files = ([tasksFile].compactMap { $0 } + tasksFiles).map { JSONValue.string($0) }
        var overrides = [
            ConfigurationOverride("datasets[0].params.tasks_files", .array(files), from: "--tasks_files"),
            ConfigurationOverride("datasets[0].params.inference", .bool(inference), from: "--inference"),
        ]
        overrides += choice.overrides
        guard let routes = try stage.routesFile() else { return overrides }
        return overrides + routes.backendOverrides
            + routes.overrides(inference ? "inference_traj" : "traj", at: "datasets[0].params.routes")
    }

    /// The samples of the run by the log that they belong to.
    private func samples(of plan: Plan) async throws -> [String: [String]] {
        var samples: [String: [String]] = [:]
        for task in plan.tasks {
            try await plan.forEachSample(of: task) { sample in
                guard let log = sample.metadata["pause"]?["log"]?.stringValue else { return }
                samples[log, default: []] += [sample.id]
            }
        }
        return samples
    }

    /// Whether a log is there and is to be kept.
    private func isPresent(_ log: String) -> Bool {
        let path = "\(outputDirectory)/\(log).json"
        return PauseLogExport.isReadable(path) && !(stage.retryErrored && PauseLogExport.hasFailure(path))
    }

    private func write(_ journal: Journal, _ export: PauseLogExport) throws {
        try journal.forEachEpisode { export.add($0.record) }
        if let failure = export.failure { throw failure }
    }

    private func show(written: Int) {
        Output.result("logs: \(outputDirectory) (\(written) written)")
    }
}

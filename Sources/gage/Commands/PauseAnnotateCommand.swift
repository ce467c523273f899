import ArgumentParser
import Engine
import Evaluation
import GageConfiguration
import JSON
import Pause
import Storage

/// `gage pause annotate-trajs`: annotates logs and chooses the reference trajectory of each.
struct PauseAnnotateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "annotate-trajs",
        abstract: "Annotate the trajectories of logs, choose the reference of each, and align the targets.")

    @Option(
        name: PauseOptionName.both("logs_glob"),
        help: "Log files: a file, a directory, or a name with *.")
    var logs: String

    @Option(name: PauseOptionName.both("output_dir"), help: "Where the annotated logs go.")
    var outputDirectory: String

    @Option(name: PauseOptionName.both("max_trajs_per_file"), help: "Only the first trajectories of each log.")
    var maximumTrajectories: Int?

    @Flag(help: "Attempt tasks again of which no trajectory passed, twice at most.")
    var rerun = false

    @Option(help: "The largest number of logs.")
    var limit: Int?

    @OptionGroup var stage: PauseStageOptions

    func run() async throws {
        let components = Components()
        let loaded = try stage.load(.annotate, components, overrides: try overrides())
        let runner = PauseStageRunner(components: components, options: stage, exports: outputDirectory)
        let export = PauseAnnotatedExport(directory: outputDirectory)
        let present = try await presentSamples(in: loaded.plan)
        var job = PauseStageRunner.Job(loaded: loaded, retriesErrored: true)
        if !present.skipped.isEmpty {
            Output.note("\(present.skipped.count) logs are annotated already and are skipped")
            job.only = present.missing
        }
        guard job.only?.isEmpty != true else { return Output.result("annotated logs: \(outputDirectory) (0 written)") }
        var written: Set<String> = []
        var ending: (any Error)?
        do {
            try await runner.run(job) { journal in
                try journal.forEachEpisode { stored in
                    guard !present.skipped.contains(stored.record.id.sample) else { return }
                    if let name = try export.write(stored.record) { written.insert(name) }
                }
            }
        } catch {
            ending = error
        }
        Output.result("annotated logs: \(outputDirectory) (\(written.count) written)")
        if let ending { throw ending }
    }

    private func presentSamples(in plan: Plan) async throws -> (skipped: Set<String>, missing: Set<String>) {
        guard !stage.force else { return ([], []) }
        var skipped: Set<String> = []
        var missing: Set<String> = []
        for task in plan.tasks {
            try await plan.forEachSample(of: task) { sample in
                if PauseAnnotatedExport.isComplete("\(outputDirectory)/\(sample.id).json") {
                    skipped.insert(sample.id)
                } else {
                    missing.insert(sample.id)
                }
            }
        }
        return (skipped, missing)
    }

    private func overrides() throws -> [ConfigurationOverride] {
        var overrides = [
            ConfigurationOverride("datasets[0].params.logs", [.string(logs)], from: "--logs_glob"),
            ConfigurationOverride("role_adapters.annotators.params.rerun", .bool(rerun), from: "--rerun"),
        ]
        let path = "datasets[0].params.max_trajs_per_file"
        if let maximumTrajectories {
            overrides.append(ConfigurationOverride(path, JSONValue(maximumTrajectories), from: "--max_trajs_per_file"))
        }
        if let limit {
            overrides.append(ConfigurationOverride("datasets[0].params.limit", JSONValue(limit), from: "--limit"))
        }
        guard let routes = try stage.routesFile() else { return overrides }
        return overrides + routes.backendOverrides
            + routes.overrides("annotators", at: "role_adapters.annotators.params.annotators")
            + routes.overrides("traj", at: "role_adapters.annotators.params.routes")
    }
}

/// `gage pause extract-annotated-tasks`: keeps the tasks that got a reference.
struct PauseExtractCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extract-annotated-tasks",
        abstract: "Write the tasks that got a reference trajectory, with the targets that it reached.")

    @Option(name: PauseOptionName.both("tasks_dir"), help: "The generated tasks: a file or a directory.")
    var tasks: String

    @Option(name: PauseOptionName.both("annotated_logs_dir"), help: "The annotated logs.")
    var annotatedLogs: String

    @Option(name: PauseOptionName.both("tasks_saved_dir"), help: "Where the saved tasks go.")
    var output: String

    func run() throws {
        let result = try PauseTaskExtraction(tasks: tasks, annotatedLogs: annotatedLogs, output: output).run()
        Output.result("saved tasks: \(output) (\(result.kept) of \(result.total) tasks, \(result.files.count) files)")
        guard result.kept > 0 else {
            Output.note("no task has a reference trajectory; see final_selection in \(annotatedLogs)")
            throw ExitStatus.erroredEpisodes.exitCode
        }
    }
}

import ArgumentParser
import Evaluation
import FoundationEssentials
import GageConfiguration
import JSON
import Pause
import Storage

/// `gage pause analyze-traj-stats`: counts the trajectories of logs.
struct PauseTrajectoryStatisticsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analyze-traj-stats",
        abstract: "Count tool calls, rounds and endings of the trajectories of logs, by model.")

    @Option(name: PauseOptionName.both("log_file"), help: "A log.")
    var logFile: String?

    @Option(name: PauseOptionName.both("logs_dir"), help: "A directory with logs.")
    var logsDirectory: String?

    @Flag(help: "With every trajectory.")
    var detailed = false

    @Option(help: "The file to write; standard output by default.")
    var output: String?

    func validate() throws {
        guard (logFile == nil) != (logsDirectory == nil) else {
            throw ValidationError("say what to analyse: --log_file FILE or --logs_dir DIR")
        }
    }

    func run() throws {
        let statistics = try PauseTrajectoryStatistics.run(
            logs: logFile ?? logsDirectory ?? "", isDetailed: detailed)
        try PauseAnalysisOutput.show(statistics, output)
    }
}

/// `gage pause analyze-selected-traj-stats`: counts the reference trajectories of saved tasks.
struct PauseSelectedStatisticsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analyze-selected-traj-stats",
        abstract: "Count tool calls and rounds of the reference trajectories of saved tasks, by branch.")

    @Option(name: PauseOptionName.both("tasks_dir"), help: "The saved tasks: a file or a directory.")
    var tasks: String

    @Option(help: "The file to write; standard output by default.")
    var output: String?

    func run() throws {
        try PauseAnalysisOutput.show(try PauseTrajectoryStatistics.runSelected(tasks: tasks), output)
    }
}

/// `gage pause consistency-analysis`: votes, choices and agreement of annotators, and how two runs agree.
struct PauseConsistencyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "consistency-analysis",
        abstract: "Show what annotators voted and what was chosen, and compare it with another run.")

    @Option(name: PauseOptionName.both("annotated_dir"), help: "The annotated logs.")
    var annotated: String

    @Option(name: PauseOptionName.both("compare_dir"), help: "The annotated logs of another run.")
    var compared: String?

    func run() throws {
        let result = try PauseConsistency(annotated: annotated, compared: compared).run()
        for key in ["summary", "agreement", "confusion_matrix"] {
            if let part = result[key] { Output.result("\(key): \(part.text(.pretty))") }
        }
        Output.result("analysis: \(annotated)/\(PauseConsistency.fileName)")
    }
}

/// `gage pause error-classification`: puts trajectories that missed a target into classes of errors.
struct PauseErrorClassificationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "error-classification",
        abstract: "Put evaluated trajectories that missed a target into classes of errors.",
        discussion: """
            DCE: data and computation. TBE: tool bypass. RNE: resource navigation. SCE: system configuration. OTHER.
            """)

    @Option(name: PauseOptionName.both("tasks_dir"), help: "The evaluated tasks: a file or a directory.")
    var tasks: String

    @Option(
        name: PauseOptionName.both("model_name"), parsing: .upToNextOption,
        help: "Only these assistants; all by default.")
    var models: [String] = []

    @Option(name: PauseOptionName.both("output_file"), help: "The file to write.")
    var output = "error_classification.json"

    @OptionGroup var stage: PauseStageOptions

    func run() async throws {
        let components = Components()
        let loaded = try stage.load(.classify, components, overrides: try overrides())
        let folder = output.hasSuffix(".json") ? String(output.dropLast(5)) : output
        let runner = PauseStageRunner(components: components, options: stage, exports: folder)
        var result: JSONObject?
        var ending: (any Error)?
        do {
            try await runner.run(.init(loaded: loaded, retriesErrored: true)) { journal in
                var export = PauseErrorExport()
                var isEmpty = true
                try journal.forEachEpisode {
                    export.add($0.record)
                    isEmpty = false
                }
                if !isEmpty { result = export.json }
            }
        } catch {
            ending = error
        }
        // A run that failed before its first episode found nothing, and leaves an earlier file as it is.
        if let result = result ?? (ending == nil ? PauseErrorExport().json : nil) {
            try PauseAnalysisOutput.write(result, to: output)
            Output.result(result["counts"]?.text(.pretty) ?? "{}")
            Output.result("classes: \(output)")
        }
        if let ending { throw ending }
    }

    private func overrides() throws -> [ConfigurationOverride] {
        var overrides = [
            ConfigurationOverride("datasets[0].params.tasks_dir", [.string(tasks)], from: "--tasks_dir")
        ]
        if !models.isEmpty {
            let names = JSONValue.array(models.map { .string($0) })
            overrides.append(ConfigurationOverride("datasets[0].params.model_name", names, from: "--model_name"))
        }
        guard let routes = try stage.routesFile() else { return overrides }
        return overrides + routes.backendOverrides
            + routes.judgeOverrides("classifier", at: "role_adapters.classifier.params")
    }
}

/// Shows and writes what analyses found.
enum PauseAnalysisOutput {
    /// Writes to a file, or to standard output where none is named.
    static func show(_ result: JSONObject, _ path: String?) throws {
        guard let path else { return Output.result(JSONValue.object(result).text(.pretty)) }
        try write(result, to: path)
        Output.result("statistics: \(path)")
    }

    /// Writes to a file.
    static func write(_ result: JSONObject, to path: String) throws(EvaluationError) {
        do {
            try Data((JSONValue.object(result).text(.pretty) + "\n").utf8).write(
                to: URL(filePath: path), options: .atomic)
        } catch {
            throw EvaluationError(.storageFailed, "\(path) cannot be written", cause: .gage, underlying: error)
        }
    }
}

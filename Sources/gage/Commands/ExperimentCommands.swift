import ArgumentParser
import Evaluation
import Experiments
import JSON
import Tau

/// `gage experiment`: studies of emotional users.
struct ExperimentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "experiment",
        abstract: "Compare how an agent does with users who are frustrated, anxious, angry or confused.",
        discussion: """
            Every task is tried under every variant of the user, with the same seeds, so that differences are the \
            variants'.
            Example: gage experiment launch --experiment-name first --environment retail --tasks 20 \
            --agent-model openai/gpt-4.1 --user-model openai/gpt-4.1
            """,
        subcommands: [
            ExperimentLaunchCommand.self, ExperimentMonitorCommand.self, ExperimentCollectCommand.self,
            ExperimentAnalyzeCommand.self, ExperimentConversationsCommand.self,
        ])

    /// The environments in which experiments can be made.
    static var environments: [StudyEnvironment] {
        TauKit.studyEnvironments(environment: ProcessEnvironment.variables())
    }
}

/// Names an experiment that was launched.
struct ExperimentArgument: ParsableArguments {
    @Argument(help: "The experiment's directory.")
    var directory: String?

    @Option(help: "The experiment's directory, as an option.")
    var resultsDir: String?

    @Option(help: "The experiment's name; its newest launch unless --timestamp says otherwise.")
    var experimentName: String?

    @Option(help: "When it was launched, as in its directory's name.")
    var timestamp: String?

    @Option(help: "Where experiments are made.")
    var outputDir = "results"

    func validate() throws {
        let named = [directory, resultsDir, experimentName].compactMap { $0 }
        guard named.count == 1 else {
            throw ValidationError("name one experiment: its directory, or --experiment-name NAME")
        }
    }

    /// The experiment that is meant.
    func open() throws -> StudyDirectory {
        if let path = directory ?? resultsDir { return try StudyDirectory.open(path) }
        return try StudyDirectory.find(name: experimentName ?? "", timestamp: timestamp, in: outputDir)
    }
}

/// An experiment with what is needed to read it.
struct OpenedExperiment {
    let directory: StudyDirectory
    /// The design; nil for a directory that holds aggregated results alone.
    let design: StudyDesign?

    init(_ directory: StudyDirectory) throws {
        self.directory = directory
        design = directory.has(StudyDirectory.Name.design) ? try directory.design() : nil
    }

    /// Reads the journals; nil where there are none.
    var collector: StudyCollector? {
        guard let design, !directory.runs.isEmpty else { return nil }
        return StudyCollector(
            directory: directory, design: design, environments: ExperimentCommand.environments)
    }

    /// The results: from the journals, which are then written anew, or from the file where only that is there.
    func results() throws -> AggregatedResults {
        if let collector {
            let results = try collector.collect()
            try directory.write(results.json, to: StudyDirectory.Name.aggregated)
            return results
        }
        if directory.has(StudyDirectory.Name.aggregated) {
            return try AggregatedResults(json: try directory.json(StudyDirectory.Name.aggregated), design: design)
        }
        var nothing = AggregatedResults(design: try directory.design())
        nothing.finish()
        return nothing
    }

    /// The settings that were written down before the run, or the defaults where none were.
    var settings: AnalysisSettings { design?.analysis ?? AnalysisSettings() }
}

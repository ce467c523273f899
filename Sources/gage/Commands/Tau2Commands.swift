import ArgumentParser
import Evaluation
import Tau

/// `gage tau2`: exchanges results with the official command.
struct Tau2Command: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tau2", abstract: "Work with result files of the official tau2 command.",
        subcommands: [Tau2EvaluateCommand.self, Tau2ExportCommand.self, Tau2ImportCommand.self])
}

/// `--data`, shared by the commands about official data.
struct Tau2DataOptions: ParsableArguments {
    @Option(help: "The official data directory; $TAU2_DATA_DIR, or below local-datasets, by default.")
    var data: String?

    /// The directory, whether it is there or not.
    var root: String {
        Tau2DataDirectory.resolve(
            data, environment: ProcessEnvironment.variables(), baseDirectory: ProcessEnvironment.currentDirectory())
    }
}

import ArgumentParser
import Evaluation

/// The program.
@main
struct Gage: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "gage",
        abstract: "Evaluates LLM agents from a YAML file.",
        discussion: """
            Exit codes: 0 done; 1 gage failed; 2 the command line or a configuration is wrong; 3 episodes errored and \
            --fail-on-error was given, or nothing could be scored; 4 below a gate, or a fidelity case disagrees; 5 a gate is inconclusive; 130 \
            interrupted (run it again with the same --run-id to go on).
            """,
        version: version,
        groupedSubcommands: [
            CommandGroup(
                name: "Running",
                subcommands: [
                    RunCommand.self, RetryCommand.self, ScoreCommand.self, ReportCommand.self, MergeCommand.self,
                    SubmitCommand.self,
                ]),
            CommandGroup(
                name: "Runs that go on",
                subcommands: [
                    PsCommand.self, StopCommand.self, SuspendCommand.self, ResumeCommand.self, TuneCommand.self,
                    CancelTaskCommand.self, RequeueCommand.self,
                ]),
            CommandGroup(
                name: "Looking at runs",
                subcommands: [
                    ViewCommand.self, ShowCommand.self, CompareCommand.self, GateCommand.self, AnnotateCommand.self,
                    ExportCommand.self,
                ]),
            CommandGroup(
                name: "Configurations",
                subcommands: [
                    ValidateCommand.self, PlanCommand.self, ConfigCommand.self, SchemaCommand.self, ListCommand.self,
                    DescribeCommand.self,
                ]),
            CommandGroup(name: "Data", subcommands: [DataCommand.self, CacheCommand.self]),
            CommandGroup(name: "Sandboxes and tools", subcommands: [SandboxCommands.self, MCPCommand.self]),
            CommandGroup(
                name: "Benchmarks",
                subcommands: [
                    Tau2Command.self, SWEBenchCommand.self, ProactiveCommand.self, AppWorldCommand.self,
                    PauseCommand.self,
                ]),
            CommandGroup(name: "Experiments", subcommands: [ExperimentCommand.self]),
            CommandGroup(name: "The MT-benchmark", subcommands: [TauBenchCommand.self, ServeCommand.self]),
            CommandGroup(
                name: "Proving and trying",
                subcommands: [DoctorCommand.self, FidelityCommand.self, MockServerCommand.self]),
            CommandGroup(name: "The program", subcommands: [CompletionsCommand.self, ManualCommand.self]),
        ])

    /// Parses the command line, runs the command and ends with one of the documented exit codes.
    static func main() async {
        ProcessSetup.prepare()
        OpenFiles.raiseLimit()
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let error as EvaluationError {
            Output.note("gage: \(error)")
            exit(withError: ExitStatus(for: error).exitCode)
        } catch {
            let code = exitCode(for: error)
            guard code == .validationFailure else { exit(withError: error) }
            Output.note(fullMessage(for: error))
            exit(withError: ExitStatus.configuration.exitCode)
        }
    }
}

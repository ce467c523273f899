import ArgumentParser
import Engine
import Evaluation
import GageConfiguration
import Reports
import Storage

/// A finished or interrupted run, named by its directory.
struct RunArgument: ParsableArguments {
    @Argument(
        help: "The run: its directory, or its id below --output-dir.",
        completion: .custom { _, _, _ in RunCompletion.allRuns() })
    var run: String

    @Option(help: "Where run directories are made.")
    var outputDir = "runs"

    @Option(name: [.short, .customLong("config")], help: "The configuration; the one kept in the run by default.")
    var config: String?

    /// The directory's parent and the run's id.
    var place: (outputDirectory: String, runID: String) { Self.place(of: run, below: outputDir) }

    /// What a run's name or directory says, below where runs are made.
    static func place(of run: String, below outputDir: String) -> (outputDirectory: String, runID: String) {
        guard run.contains("/") else { return (outputDir, run) }
        var parts = run.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        while parts.last?.isEmpty == true { parts.removeLast() }
        let id = parts.popLast() ?? run
        return (parts.isEmpty ? "." : parts == [""] ? "/" : parts.joined(separator: "/"), id)
    }

    /// Reads the run's configuration.
    func load(_ components: Components) throws -> LoadedConfiguration {
        let (directory, id) = place
        var options = ConfigurationOptions()
        // A wrong name is answered as the other commands do, and not with the file that is missing then.
        options.config =
            try config ?? RunDirectory.open(RunDirectory.location(in: directory, runID: id)).path + "/config.yaml"
        options.overrides = []
        return try options.load(components, quiet: true)
    }
}

/// `gage score`: judges and measures again, without inference.
struct ScoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score", abstract: "Judge and measure a run's episodes again, without asking the agent's model.")

    @OptionGroup var target: RunArgument
    @OptionGroup var display: DisplayOptions
    @OptionGroup var cache: CacheOptions

    func run() async throws {
        let components = Components()
        let plan = try target.load(components).plan
        var options = RunOptions()
        (options.outputDirectory, options.runID) = (target.place.outputDirectory, target.place.runID)
        options.gageVersion = Gage.version
        let session = RunSessionCommand(
            components: components, plan: plan, display: display, replies: cache.wishes(plan))
        try await session.perform(options, failOnError: false) { try await $0.rescore() }
    }
}

/// `gage retry`: attempts errored episodes again.
struct RetryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Attempt a run's errored episodes again, and what it has not done yet.")

    @OptionGroup var target: RunArgument
    @OptionGroup var display: DisplayOptions
    @OptionGroup var cache: CacheOptions

    @Flag(help: "Attempt errored episodes (the default, and the only kind that is attempted again).")
    var errored = false

    @Flag(help: "Go on although the configuration changed since the run began.")
    var allowConfigChange = false

    @Flag(help: "Exit with 3 when an episode errored again.")
    var failOnError = false

    func run() async throws {
        let components = Components()
        let plan = try target.load(components).plan
        var options = RunOptions()
        (options.outputDirectory, options.runID) = (target.place.outputDirectory, target.place.runID)
        options.resumes = true
        options.retriesErrored = true
        options.allowsChangedConfiguration = allowConfigChange
        options.gageVersion = Gage.version
        let session = RunSessionCommand(
            components: components, plan: plan, display: display, replies: cache.wishes(plan))
        try await session.perform(options, failOnError: failOnError) { try await $0.run() }
    }
}

/// `gage report`: derives a run's files from its journal again.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write summary.json, samples.jsonl and report.html of a run again, from its journal.")

    @OptionGroup var target: RunArgument

    func run() async throws {
        let plan = try target.load(Components()).plan
        let (parent, id) = target.place
        let directory = try RunDirectory.open(try RunDirectory.location(in: parent, runID: id))
        let summary = try await RunReport(plan: plan, directory: directory).write()
        let terminal = Terminal(descriptor: 1, environment: plan.environment)
        for line in SummaryText(summary: summary, terminal: terminal).lines { Output.result(line) }
    }
}

import ArgumentParser
import Engine
import Evaluation
import Glibc
import JSON
import Reports
import Storage
import Tau

/// `gage tau-bench …`: the original τ-bench with the MT-benchmark's input and output.
struct TauBenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tau-bench", abstract: "Run the original τ-bench with the MT-benchmark's input and output.",
        subcommands: [TauBenchRunCommand.self, TauBenchExportCommand.self])
}

/// `gage tau-bench run`: runs tasks of τ-bench, or goes on with a run.
struct TauBenchRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run τ-bench on a model and write trajectories and scores to data/.",
        discussion: """
            Example: gage tau-bench run --model openai/gpt-4o --env airline --task-ids 1 2 3 --run-id mine

            The same --run-id again attempts what is missing or errored, of the tasks named or of all; results merge. \
            Exit code 3 says that a task errored.
            """)

    @Option(help: "The model under test, by a LiteLLM-style name.")
    var model: String?

    @Option(parsing: .upToNextOption, help: "The tasks, by their places from 0; all by default.")
    var taskIds: [Int] = []

    @Option(
        help: "The environment: retail or airline; retail unless the configuration says otherwise.",
        transform: Self.environment)
    var env: Tau1DomainName?

    @Option(help: "The model that plays the user.")
    var userModel: String?

    @Option(help: "Attempts at each task.")
    var numTrials: Int?

    @Option(help: ArgumentHelp("An input file of the MT-benchmark.", valueName: "file.json"))
    var input: String?

    @Option(
        name: [.short, .customLong("config")],
        help: "A configuration to begin with; the built-in one by default (config/tau-bench/mt_benchmark.yaml).")
    var config: String?

    @Option(help: "Where the output is made.")
    var dataDir = "data"

    @OptionGroup var place: RunPlaceOptions
    @OptionGroup var display: DisplayOptions
    @OptionGroup var limits: RunLimitOptions

    private static func environment(_ text: String) throws -> Tau1DomainName {
        if let known = Tau1DomainName(rawValue: text) { return known }
        throw ValidationError("there is no environment '\(text)'; there are retail and airline")
    }

    func validate() throws {
        if let stranger = taskIds.first(where: { $0 < 0 }) {
            throw ValidationError("--task-ids wants numbers from 0 on, not \(stranger)")
        }
        if let numTrials, numTrials < 1 { throw ValidationError("--num-trials wants a number from 1 on") }
        guard input != nil || config != nil || model != nil || place.exists() else {
            throw ValidationError("say which model: --model openai/gpt-4o, or an --input file, or a --config")
        }
    }

    func run() async throws {
        let components = Components()
        var planner = TauBenchPlanner(components: components, configurationPath: config)
        planner.outputDirectory = place.outputDir
        let wishes = try wishes()
        let base = place.runID ?? RunID.make(wallSeconds: Double(time(nil)), random: .random(in: 0 ... .max))
        var worst: ExitCode?
        for wish in wishes {
            // Each environment is a run of its own.
            let runID = wishes.count == 1 ? base : "\(base)-\(wish.subset ?? "")"
            do {
                try await perform(wish, as: runID, planner)
            } catch let code as ExitCode {
                worst = worst ?? code
                if code != ExitStatus.erroredEpisodes.exitCode { break }
            }
        }
        if let worst { throw worst }
    }

    /// What the command line and the input file ask for, an environment each; the command line wins.
    private func wishes() throws -> [TauBenchWish] {
        var wish = TauBenchWish(
            model: model, subset: env?.rawValue, tasks: taskIds, trials: numTrials, userModel: userModel)
        guard let input else { return [wish] }
        let file = try MTBenchmarkInput(path: input)
        wish.model = model ?? file.model
        if taskIds.isEmpty { wish.tasks = file.taskIDs }
        wish.trials = numTrials ?? file.trials
        wish.userModel = userModel ?? file.userModel
        return (env.map { [$0] } ?? file.subsets).map { subset in
            var one = wish
            one.subset = subset.rawValue
            return one
        }
    }

    private func perform(_ wish: TauBenchWish, as runID: String, _ planner: TauBenchPlanner) async throws {
        let path = try RunDirectory.location(in: place.outputDir, runID: runID)
        let exists = RunDirectory.hasJournal(path)
        let job: TauBenchJob
        do {
            job = try exists ? planner.resume(runID, wish) : planner.begin(wish)
        } catch let error as TauBenchConfigurationError {
            DiagnosticsPrinter(environment: ProcessEnvironment.variables()).print(error.diagnostics, notes: false)
            throw ExitStatus.configuration.exitCode
        }
        let runner = TauBenchRunner(
            components: planner.components, outputDirectory: place.outputDir, dataDirectory: dataDir)
        var options = runner.options(for: job, runID: runID)
        limits.apply(to: &options)
        let session = RunSessionCommand(components: planner.components, plan: job.loaded.plan, display: display)
        var ending: (any Error)?
        do {
            try await session.perform(options, failOnError: true) { try await $0.run() }
        } catch {
            ending = error
        }
        if RunDirectory.hasJournal(path), ending == nil || ending is ExitCode {
            let output = try runner.writeOutput(ofRun: path)
            show(output, runID, job.facts, isRepeatable: ending as? ExitCode != ExitStatus.configuration.exitCode)
            // A run that a provider's refusal has stopped is one with errored tasks, and not a failure of gage.
            if ending as? ExitCode == .failure, output.scores.contains(where: { $0.error != nil }) {
                throw ExitStatus.erroredEpisodes.exitCode
            }
        }
        if let ending { throw ending }
    }

    private func show(
        _ output: MTBenchmarkOutput.Result, _ runID: String, _ facts: TauBenchFacts, isRepeatable: Bool
    ) {
        for score in output.scores {
            guard let error = score.error else { continue }
            Output.note("task \(score.task)\(facts.trials > 1 ? " (trial \(score.trial))" : "") has no score: \(error)")
        }
        let done = Set(output.scores.map(\.task))
        let missing = facts.tasks.filter { !done.contains($0) }
        if !missing.isEmpty { Output.note("not attempted: \(missing.map { String($0) }.joined(separator: " "))") }
        let again = Set(output.scores.filter { $0.error != nil }.map(\.task) + missing).sorted()
        // What a mistake in the input has stopped would be stopped again.
        if !again.isEmpty, isRepeatable {
            let ids = again.map { String($0) }.joined(separator: " ")
            Output.note("again: gage tau-bench run --run-id \(runID) --task-ids \(ids)")
        }
        guard display.json else { return Output.result("output: \(output.directory)") }
        Output.result(
            JSONValue.object([
                "event": "output_written", "run_id": .string(runID), "directory": .string(output.directory),
                "scores": .string(output.scoresPath),
            ]).text())
    }
}

/// `gage tau-bench export`: writes a run's results again, in another program's shape.
struct TauBenchExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a run's scores and trajectories, or an official result file, again.",
        discussion: """
            scores: the MT-benchmark's output below --data-dir. results: the list of results that the official command \
            writes, to --output or standard output. Works on a run that goes on, too.
            """)

    /// What is written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case scores
        case results
    }

    @OptionGroup var target: FinishedRunArgument

    @Option(help: "scores or results.")
    var format = Format.scores

    @Option(help: "Where the output of format scores is made.")
    var dataDir = "data"

    @Option(help: "The file of format results; standard output by default.")
    var output: String?

    @Flag(help: "In format results: write errored attempts with reward 0, as the official command does.")
    var includeErrored = false

    func run() throws {
        let path = try target.path
        let runner = TauBenchRunner(
            components: Components(), outputDirectory: target.outputDir, dataDirectory: dataDir)
        switch format {
        case .scores: Output.result("output: \(try runner.writeOutput(ofRun: path).directory)")
        case .results: try exportResults(path)
        }
    }

    private func exportResults(_ path: String) throws {
        let journal = try Journal.open(try RunDirectory.open(path).journalPath)
        var records: [EpisodeRecord] = []
        try journal.forEachEpisode { records.append($0.record) }
        let export = try Tau1Results.export(records, includesErrored: includeErrored)
        guard export.files.count == 1, let file = export.files.first else {
            throw EvaluationError(
                .configurationInvalid,
                export.files.isEmpty
                    ? "\(path) has no finished τ-bench task"
                    : "\(path) is of \(export.files.count) environments or splits, and a result file is of one",
                cause: .configuration)
        }
        if let output {
            try file.results.write(to: output)
            Output.result("output: \(output)")
        } else {
            Output.result(file.results.text)
        }
        if export.leftOut > 0 {
            Output.note("\(export.leftOut) errored attempts were left out; --include-errored writes them with reward 0")
        }
    }
}

/// A run that is read and not changed, named by its directory.
struct FinishedRunArgument: ParsableArguments {
    @Argument(help: "The run: its directory, or its id below --output-dir.")
    var run: String

    @Option(help: "Where run directories are made.")
    var outputDir = "runs"

    /// The run's directory.
    var path: String {
        get throws { run.contains("/") ? run : try RunDirectory.location(in: outputDir, runID: run) }
    }
}

import ArgumentParser
import Engine
import Evaluation
import Experiments
import Glibc
import JSON
import Reports

/// `gage experiment monitor`: how an experiment stands.
struct ExperimentMonitorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "monitor", abstract: "Show how an experiment stands, while it runs or afterwards.")

    @OptionGroup var target: ExperimentArgument

    @Option(help: "Show it again every so many seconds, until it is done.")
    var every: Double?

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() async throws {
        let directory = try target.open()
        let design = try directory.design()
        let terminal = Terminal(descriptor: STDOUT_FILENO, environment: ProcessEnvironment.variables())
        while true {
            let monitor = try StudyMonitor(
                directory, design: design, environments: ExperimentCommand.environments,
                now: SystemClock().wallSeconds)
            if json {
                Output.result(monitor.json.text())
            } else {
                for line in monitor.lines(on: terminal) { Output.result(line) }
            }
            guard let every, monitor.isRunning else { return }
            try await Task.sleep(for: .bounded(seconds: max(0.2, every)))
        }
    }
}

/// `gage experiment collect`: the episodes of all workers as one table.
struct ExperimentCollectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "collect",
        abstract: "Write aggregated_results.json from the workers' journals; exit with 3 when cells are missing.")

    @OptionGroup var target: ExperimentArgument

    @Flag(help: "Exit with 0 although cells are missing or errored.")
    var allowPartial = false

    @Flag(help: "Write every conversation into a file of its own too.")
    var transcripts = false

    @Flag(help: "Print the table as JSON.")
    var json = false

    func run() throws {
        let experiment = try OpenedExperiment(try target.open())
        let results = try experiment.results()
        if let collector = experiment.collector {
            let records = VariantRecords(directory: experiment.directory, collector: collector, results: results)
            try records.writeSummaries()
            if transcripts { try records.writeTranscripts() }
        }
        if json { Output.result(results.json.text()) } else { show(results, in: experiment.directory) }
        if !results.isComplete, !allowPartial { throw ExitStatus.erroredEpisodes.exitCode }
    }

    private func show(_ results: AggregatedResults, in directory: StudyDirectory) {
        let scored = results.cells.count { $0.reward != nil }
        Output.result(
            "\(scored) of \(results.design.cellCount) cells scored: \(directory.place(StudyDirectory.Name.aggregated))")
        for place in results.missing.prefix(Self.shown) {
            Output.result(
                "missing: \(place.environment) \(place.variant) task \(place.task) trial \(place.trial)")
        }
        for cell in results.cells.filter({ $0.reward == nil }).prefix(Self.shown) {
            let place = cell.place
            Output.result(
                "\(cell.outcome): \(place.environment) \(place.variant) task \(place.task) trial \(place.trial): "
                    + (cell.error ?? ""))
        }
        if results.missing.count > Self.shown {
            Output.result("… and \(results.missing.count - Self.shown) more missing")
        }
        if !results.isComplete { Output.note("go on with: gage experiment launch --resume \(directory.path)") }
    }

    private static let shown = 20
}

/// `gage experiment analyze`: what the outcomes say.
struct ExperimentAnalyzeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analyze",
        abstract: "Compare the variants; writes results.json, analysis.json, analysis.txt and report.html.",
        discussion: """
            Works on finished and on half-finished experiments, and on a directory that holds aggregated_results.json \
            alone. The methods are those that experiment_config.json wrote down before the run.
            Example: gage experiment analyze results/first_20260314_091500
            """)

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

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Compare two experiments' effects instead.", valueName: "dir1 dir2"))
    var compare: [String] = []

    @Option(help: "Where analysis.txt and analysis.json go: a path without its ending; the directory by default.")
    var output: String?

    @Option(help: "The emotion lexicon; gage's own by default.")
    var lexicon: String?

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        let named = [directory, resultsDir, experimentName].compactMap { $0 }
        if compare.isEmpty, named.count != 1 {
            throw ValidationError("name one experiment: its directory, or --experiment-name NAME")
        }
        if !compare.isEmpty, compare.count != 2 || !named.isEmpty {
            throw ValidationError("--compare wants two directories and nothing else")
        }
    }

    func run() throws {
        let terminal = Terminal(descriptor: STDOUT_FILENO, environment: ProcessEnvironment.variables())
        if compare.count == 2 { return try runComparison(on: terminal) }
        let experiment = try OpenedExperiment(try place())
        let (results, settings) = (try experiment.results(), experiment.settings)
        let words = try lexicon.map { try EmotionLexicon.load(path: $0) } ?? .standard
        let conversations = try experiment.collector.map {
            try ConversationAnalysis($0, design: results.design, lexicon: words, settings: settings)
        }
        let analysis = StudyAnalysis(results, settings: settings, conversations: conversations)
        try write(analysis, conversations, into: experiment.directory)
        if json {
            Output.result(analysis.json.text())
        } else {
            for line in StudyText(analysis, terminal: terminal).lines { Output.result(line) }
        }
        if !analysis.promptFaults.isEmpty { throw ExitStatus.belowGate.exitCode }
    }

    private func place() throws -> StudyDirectory {
        if let path = directory ?? resultsDir { return try StudyDirectory.open(path) }
        return try StudyDirectory.find(name: experimentName ?? "", timestamp: timestamp, in: outputDir)
    }

    private func write(
        _ analysis: StudyAnalysis, _ conversations: ConversationAnalysis?, into directory: StudyDirectory
    ) throws {
        let text = StudyText(analysis, terminal: Terminal()).lines.joined(separator: "\n") + "\n"
        try directory.write(analysis.json, to: StudyDirectory.Name.results)
        try directory.write(try StudyPage(analysis).html(), to: StudyDirectory.Name.report)
        if let conversations { try directory.write(conversations.json, to: StudyDirectory.Name.conversations) }
        if let output {
            try StudyFiles.write(text, to: "\(output).txt")
            try StudyFiles.write(analysis.plainJSON.text(.pretty) + "\n", to: "\(output).json")
        } else {
            try directory.write(text, to: "\(StudyDirectory.Name.analysis).txt")
            try directory.write(analysis.plainJSON, to: "\(StudyDirectory.Name.analysis).json")
        }
        Output.note("written: \(directory.place(StudyDirectory.Name.report))")
    }

    private func runComparison(on terminal: Terminal) throws {
        let first = try OpenedExperiment(try StudyDirectory.open(compare[0]))
        let second = try OpenedExperiment(try StudyDirectory.open(compare[1]))
        let comparison = StudyComparison(
            try first.results(), try second.results(), settings: first.settings)
        if let output { try StudyFiles.write(comparison.json.text(.pretty) + "\n", to: "\(output).json") }
        if json { return Output.result(comparison.json.text()) }
        for line in comparison.lines(on: terminal) { Output.result(line) }
    }
}

import ArgumentParser
import Evaluation
import JSON
import Reports
import Statistics
import Storage

/// `gage compare`: what two or more runs differ in, episode by episode.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Compare runs on the same episodes: differences, tests, changed episodes.",
        discussion: """
            Every run is compared with the first. Episodes are paired by task, sample and trial; only pairs that are \
            scored in both runs count. docs/compare.md says how the figures are computed.
            Example: gage compare runs/before runs/after --html compare.html
            """)

    @Argument(help: "The runs: their directories, or their ids below --output-dir.")
    var runs: [String]

    @Option(help: "Where run directories are made.")
    var outputDir = "runs"

    @Option(parsing: .singleValue, help: "Only this metric; may be repeated.")
    var metric: [String] = []

    @Option(parsing: .singleValue, help: "Only this task; may be repeated.")
    var task: [String] = []

    @Option(help: "Compare each task, or each domain over all tasks.")
    var by = Grouping.task

    @Flag(help: "Compare every run with every other, and not only with the first.")
    var allPairs = false

    @Option(help: "The level of intervals; 1 minus it is the significance level.")
    var confidence = 0.95

    @Option(help: "Differences within ± this count as none, where the data can show that.")
    var margin: Double?

    @Option(
        help: ArgumentHelp("Pair a task that is called otherwise in some runs; may be repeated.", valueName: "old=new"))
    var renameTask: [String] = []

    @Flag(help: "Count people's corrections (gage annotate) in place of the judges' verdicts.")
    var amended = false

    @Option(help: "The most changed episodes that are listed in each direction.")
    var flips = 20

    @Option(help: "Write the comparison as one self-contained page.")
    var html: String?

    @Flag(help: "Print the comparison as JSON.")
    var json = false

    func validate() throws {
        guard runs.count > 1 else { throw ValidationError("name two runs at least") }
        guard confidence > 0.5, confidence < 1 else {
            throw ValidationError("--confidence wants a number between 0.5 and 1")
        }
        guard flips >= 0 else { throw ValidationError("--flips wants a number from 0 on") }
        if let margin, !(margin > 0) { throw ValidationError("--margin wants a number above 0") }
        _ = try taskNames
    }

    private var taskNames: [String: String] {
        get throws {
            var names: [String: String] = [:]
            for pair in renameTask {
                let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
                guard parts.count == 2 else { throw ValidationError("--rename-task wants OLD=NEW, not '\(pair)'") }
                names[parts[0]] = parts[1]
            }
            return names
        }
    }

    func run() throws {
        var options = ComparedRun.Options()
        options.isAmended = amended
        options.taskNames = try taskNames
        let compared = try runs.map {
            try ComparedRun(path: StoredRunPlace.path(of: $0, below: outputDir), options: options)
        }
        var settings = ComparisonSettings()
        settings.confidence = confidence
        settings.metrics = metric
        settings.tasks = task
        settings.grouping = by == .task ? .task : .domain
        settings.comparesAllPairs = allPairs
        settings.margin = margin
        try check(compared)
        let report = ComparisonReport(compared, settings: settings)
        if let html { try RunDirectory.writeReport(Array(ComparisonPage(report).html().utf8), to: html) }
        if json { return Output.result(report.json.text(.pretty)) }
        let terminal = Terminal(descriptor: 1, environment: ProcessEnvironment.variables())
        for line in ComparisonText(report, terminal: terminal, flipLimit: flips).lines { Output.result(line) }
        if let html { Output.note("written: \(html)") }
    }

    /// What a comparison is made for each of.
    enum Grouping: String, ExpressibleByArgument, CaseIterable {
        case task
        case domain
    }

    /// Refuses names that no run has.
    private func check(_ runs: [ComparedRun]) throws {
        for (wanted, known, kind) in [
            (metric, runs.flatMap(\.metricIDs), "metric"), (task, runs.flatMap { $0.tasks.map(\.id) }, "task"),
            (try taskNames.keys.sorted(), runs.flatMap(\.ownTaskIDs), "task"),
        ] {
            let known = Set(known).sorted()
            for name in wanted where !known.contains(name) {
                throw EvaluationError(
                    .configurationInvalid, "no run has a \(kind) '\(name)'", cause: .configuration,
                    advice: NearMiss.advice(name, among: known))
            }
        }
    }
}

/// Where the run is that a command names.
enum StoredRunPlace {
    /// The directory of the run that a command's arguments name.
    static func path(of run: ShownRun) throws -> String { try path(of: run.run, below: run.outputDir) }

    /// The directory of a run that is named by its directory, or by its id below an output directory.
    static func path(of run: String, below outputDir: String) throws -> String {
        let (parent, id) = RunArgument.place(of: run, below: outputDir)
        return try RunDirectory.location(in: parent, runID: id)
    }
}

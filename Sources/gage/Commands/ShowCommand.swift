import ArgumentParser
import Evaluation
import GageConfiguration
import JSON
import Reports
import Storage

/// A run to look at: its journal is enough.
struct ShownRun: ParsableArguments {
    @Argument(help: "The run: its directory, or its id below --output-dir.")
    var run: String

    @Option(help: "Where run directories are made.")
    var outputDir = "runs"
}

/// `gage show`: prints an episode's transcript.
struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Print an episode's transcript, or list a run's episodes.",
        discussion: """
            An episode is named as TASK/SAMPLE/TRIAL, SAMPLE/TRIAL, SAMPLE, or as the reports name it, \
            TASK:SAMPLE__trial_0. Without one the run's episodes are listed; --where chooses among them, as the viewer's \
            filter does: --where 'outcome = errored and turns > 10 and text ~ "refund"'.
            """)

    @OptionGroup var target: ShownRun

    @Argument(help: "The episode; left out to list them.")
    var episode: String?

    @Option(name: .customLong("where"), help: "List only episodes of which this holds.")
    var filter: String?

    @Option(help: "How many columns the text takes; the terminal's width by default.")
    var width: Int?

    @Option(help: "The most episodes that are listed.")
    var limit = 50

    @Flag(help: "Print JSON: the episode as samples.jsonl has it, or one line for each listed.")
    var json = false

    func validate() throws {
        if filter != nil, episode != nil { throw ValidationError("--where lists episodes; leave the episode out.") }
        if let width, width < 20 { throw ValidationError("--width takes a number from 20 on.") }
        if limit < 1 { throw ValidationError("--limit takes a number from 1 on.") }
    }

    func run() async throws {
        let (parent, name) = RunArgument.place(of: target.run, below: target.outputDir)
        let directory = try RunDirectory.open(try RunDirectory.location(in: parent, runID: name))
        let journal = try Journal.open(directory.journalPath)
        guard let episode else { return try await list(journal, of: directory) }
        let id = try EpisodeAddress(episode).find(in: journal)
        guard let stored = try journal.episode(id) else {
            throw EvaluationError(.dataMissing, "the journal has no episode \(id)", cause: .configuration)
        }
        if json { return Output.result(SampleLine.json(of: stored).text()) }
        let terminal = terminal
        let lines = TranscriptText.lines(
            TranscriptView(stored.record), width: terminal.width, color: terminal.usesColor)
        Output.result(lines.joined(separator: "\n"))
    }

    private var terminal: Terminal {
        var terminal = Terminal(descriptor: 1, environment: ProcessEnvironment.variables())
        if let width { terminal.width = width }
        return terminal
    }

    private func list(_ journal: Journal, of directory: RunDirectory) async throws {
        var listing = EpisodeListing(limit: limit)
        if let filter {
            let found = try await episodes(where: filter, in: directory)
            for id in found.prefix(limit) {
                // An episode that is attempted again just now is listed when it is finished.
                if let stored = try journal.episode(id) { listing.add(stored.record) }
            }
            listing.leaveOut(found.count - min(limit, found.count))
        } else {
            try journal.forEachEpisode(detail: .withoutTrajectory) { listing.add($0.record) }
        }
        if json {
            for line in listing.json { Output.result(line.text()) }
        } else {
            for line in listing.lines(on: terminal) { Output.result(line) }
        }
    }

    private func episodes(where filter: String, in directory: RunDirectory) async throws -> [EpisodeID] {
        do {
            let query = EpisodeQuery(filter: try EpisodeFilter(filter))
            let cache = CacheDirectory.path(ProcessEnvironment.variables())
            let index = try RunIndex.open(runDirectory: directory.path, cacheDirectory: cache)
            try await index.bringUpToDate()
            return try await index.identifiers(query)
        } catch let error as FilterError {
            throw EvaluationError(
                .configurationInvalid, "--where cannot be understood: \(error)", cause: .configuration)
        }
    }
}

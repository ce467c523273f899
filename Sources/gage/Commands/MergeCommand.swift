import ArgumentParser
import Engine
import Evaluation
import GageConfiguration
import JSON
import Reports
import Storage

/// `gage merge`: makes one run of its shards.
struct MergeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Make one run of the shards that `gage run --shard` has done, and report on it.",
        discussion: """
            Merges DIR/ID/shards into DIR/ID, or the shards in the directories that are named. All must follow the same \
            plan with the same seed. Planned episodes that no shard has are listed, and the exit code is then 3; \
            `gage run` with the same --run-id does them. Merging again is harmless.
            Example: gage merge --run-id retail-1
            """)

    @Argument(help: "Directories of shards; those of --run-id by default.")
    var directories: [String] = []

    @Option(name: .customLong("run-id"), help: "The run to make; that of the shards by default.")
    var runID: String?

    @Option(help: "Where run directories are made.")
    var outputDir = "runs"

    @Option(name: [.short, .customLong("config")], help: "The configuration; the one kept in the shards by default.")
    var config: String?

    @Flag(help: "Exit with 0 although episodes are missing, and leave out shards that are being worked on.")
    var allowPartial = false

    @Flag(help: "Print the result as JSON on standard output.")
    var json = false

    func validate() throws {
        guard runID != nil || !directories.isEmpty else {
            throw ValidationError("say which run: gage merge --run-id ID, or name the shards' directories")
        }
    }

    func run() async throws {
        let shards = try ShardSet(try places())
        var configuration = ConfigurationOptions()
        configuration.overrides = []
        configuration.config = try config ?? keptConfiguration(of: shards)
        let loaded = try configuration.load(Components(), quiet: true)
        var options = ShardMerge.Options(runID: try runID ?? commonRunID(of: shards))
        options.outputDirectory = outputDir
        options.leavesOutBusyShards = allowPartial
        options.gageVersion = Gage.version
        options.configurationText = loaded.document.yaml(showingOrigins: false)
        let result = try await ShardMerge(plan: loaded.plan, shards: shards, options: options).merge()
        let summary = try await RunReport(plan: loaded.plan, directory: try RunDirectory.open(result.directory)).write()
        if json {
            Output.result(result.json.text())
        } else {
            let terminal = Terminal(descriptor: 1, environment: loaded.plan.environment)
            for line in SummaryText(summary: summary, terminal: terminal).lines { Output.result(line) }
        }
        for line in MergeText(result: result).lines { Output.note(line) }
        if !result.isComplete, !allowPartial { throw ExitStatus.erroredEpisodes.exitCode }
    }

    private func places() throws -> [String] {
        guard directories.isEmpty, let runID else { return directories }
        return try RunDirectory.shards(of: try RunDirectory.location(in: outputDir, runID: runID)).map(\.path)
    }

    private func keptConfiguration(of shards: ShardSet) throws -> String {
        let kept = shards.begun.lazy.map { "\($0.path)/config.yaml" }.first { RunDirectory.isReadable($0) }
        guard let kept else { throw ValidationError("no shard has kept its configuration; name it with --config") }
        return kept
    }

    private func commonRunID(of shards: ShardSet) throws -> String {
        let ids = Set(shards.begun.map(\.run.runID))
        guard let id = ids.first, ids.count == 1 else {
            throw ValidationError("the shards are of runs \(ids.sorted().joined(separator: ", ")); say --run-id")
        }
        return id
    }
}

/// What a merge came to, for people.
struct MergeText {
    let result: MergeResult

    private static let shownLimit = 20

    var lines: [String] {
        var lines = ["merged \(result.sources.map { "\($0.name) (\($0.episodes))" }.joined(separator: ", "))"]
        let duplicates = result.episodes
        if duplicates.contested > 0 {
            lines.append("\(duplicates.contested) episodes were in several shards and not the same; kept by outcome:")
            lines += duplicates.examples.prefix(Self.shownLimit).map { "  \($0.id): kept \($0.kept), left \($0.left)" }
        }
        for shard in result.leftOut { lines.append("left out shard \(shard.shard): \(shard.reason)") }
        guard !result.isComplete else { return lines }
        if !result.notBegun.isEmpty {
            lines.append("not begun: shard \(result.notBegun.map(\.description).joined(separator: ", "))")
        }
        lines.append("\(result.missing) of \(result.planned) episodes are missing:")
        lines += result.missingExamples.prefix(Self.shownLimit).map { missing in
            "  \(missing.id) (shard \(Shard.owner(of: missing.place, count: result.shardCount))/\(result.shardCount))"
        }
        let rest = result.missing - Self.shownLimit
        if rest > 0 { lines.append("  and \(rest) more: \(result.directory)/merge.json") }
        lines.append("run the missing shards and merge again, or do what is missing with:")
        lines.append("  gage run --config \(result.directory)/config.yaml --run-id \(result.runID)")
        return lines
    }
}

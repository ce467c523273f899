import ArgumentParser
import Engine
import Evaluation
import GageConfiguration
import Models
import Reports
import Storage

/// `gage run`: executes a configuration, or goes on with a run.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run an evaluation; the same --run-id again goes on where it stopped.",
        discussion: "Example: gage run --config config/tau2/retail_base.yaml --run-id retail-1 --concurrency 16")

    @OptionGroup var source: ConfigurationOptions
    @OptionGroup var place: RunPlaceOptions
    @OptionGroup var display: DisplayOptions
    @OptionGroup var limits: RunLimitOptions
    @OptionGroup var cache: CacheOptions
    @OptionGroup var cassettes: CassetteOptions
    @OptionGroup var traces: TraceOptions
    @OptionGroup var reporting: ReportingOptions

    @Option(
        help: ArgumentHelp(
            "Do one of n parts of the run, in DIR/ID/shards/i-of-n; `gage merge` joins them.", valueName: "i/n"),
        transform: Self.shard)
    var shard: Shard?

    @Flag(help: "Go on although the configuration changed since the run began.")
    var allowConfigChange = false

    @Flag(help: "Attempt errored episodes of this run again.")
    var retryErrored = false

    private static func shard(_ text: String) throws -> Shard {
        guard let shard = Shard(text) else {
            throw ValidationError("a shard is written i/n with i from 1 to n, as in 2/4, and not '\(text)'")
        }
        return shard
    }

    func validate() throws {
        guard shard == nil || place.runID != nil else {
            throw ValidationError("--shard needs --run-id, the same for all shards of the run")
        }
    }

    func run() async throws {
        let components = Components()
        let loaded = try source.load(
            components, quiet: display.quiet, toleratesMissingSecrets: cassettes.replay != nil)
        var options = RunOptions()
        options.outputDirectory = place.outputDir
        options.runID = place.runID
        options.shard = shard
        options.resumes = place.exists(shard: shard)
        options.allowsChangedConfiguration = allowConfigChange
        options.retriesErrored = retryErrored
        options.configurationText = loaded.document.yaml(showingOrigins: false)
        options.gageVersion = Gage.version
        limits.apply(to: &options)
        var session = RunSessionCommand(components: components, plan: loaded.plan, display: display)
        var replies = cache.wishes(loaded.plan)
        cassettes.apply(to: &replies, continues: options.resumes || shard != nil)
        session.replies = replies
        try reporting.prepare()
        session.trace = try traces.open(client: components.client)
        session.reporting = reporting
        try await session.perform(options, failOnError: limits.failOnError) { try await $0.run() }
    }
}

/// `--run-id` and `--output-dir`.
struct RunPlaceOptions: ParsableArguments {
    @Option(name: .customLong("run-id"), help: "The run's name; a new one from the time by default.")
    var runID: String?

    @Option(help: "Where run directories are made.")
    var outputDir = "runs"

    /// Whether the run, or this part of it, has been begun before.
    func exists(shard: Shard? = nil) -> Bool {
        runID.map { RunDirectory.exists(in: outputDir, runID: $0, shard: shard) } ?? false
    }
}

/// What bounds a run.
struct RunLimitOptions: ParsableArguments {
    @Option(help: "Episodes at once, in place of what the tasks say.")
    var concurrency: Int?

    @Option(help: "The largest number of samples of each task; 0 only checks that everything is wired.")
    var maxSamples: Int?

    @Option(help: ArgumentHelp("Only these metrics, separated by commas.", valueName: "id,id"))
    var metricIds: String?

    @Flag(help: "Leave the judges out; `gage score` can judge later.")
    var skipJudge = false

    @Flag(help: "Stop at the first errored episode.")
    var failFast = false

    @Flag(help: "Exit with 3 when an episode errored.")
    var failOnError = false

    @Option(help: "Stop when so many US dollars are spent.")
    var maxCost: Double?

    @Option(help: "Stop when so many tokens are used.")
    var maxTokens: Int?

    @Option(help: "Stop after so many seconds.")
    var maxTime: Double?

    func validate() throws {
        if let concurrency, concurrency < 1 { throw ValidationError("--concurrency wants a number from 1 on") }
        if let maxSamples, maxSamples < 0 { throw ValidationError("--max-samples wants a number from 0 on") }
        if let maxCost, !(maxCost >= 0 && maxCost.isFinite) {
            throw ValidationError("--max-cost wants a number of dollars from 0 on")
        }
        if let maxTokens, maxTokens < 0 { throw ValidationError("--max-tokens wants a number from 0 on") }
        if let maxTime, !(0...Duration.longestSeconds).contains(maxTime) {
            throw ValidationError("--max-time wants a number of seconds from 0 to 1e9")
        }
    }

    func apply(to options: inout RunOptions) {
        options.concurrency = concurrency
        options.maxSamples = maxSamples
        options.metricIDs = (metricIds ?? "").split(separator: ",").map(String.init)
        options.skipsJudges = skipJudge
        options.failFast = failFast
        options.budget = RunBudget(tokens: maxTokens, cost: maxCost, time: maxTime.map { .bounded(seconds: $0) })
    }
}

/// What is shown while a run goes on.
struct DisplayOptions: ParsableArguments {
    @Flag(help: "Print events as JSON lines on standard output.")
    var json = false

    @Flag(name: .shortAndLong, help: "Print nothing but the result and what is wrong.")
    var quiet = false
}

public import Evaluation
public import GageConfiguration
import JSON
import Storage

/// Makes a run of its shards.
///
/// The merged journal holds what one process would have left: the same episodes at the same places, with their history.
/// What is missing is found by reading the data sets again, so that a shard that was lost without a trace is missed too.
/// Merging again after more was done is harmless: the run's own journal is one of those that are merged.
public struct ShardMerge: Sendable {
    /// How shards are merged.
    public struct Options: Sendable {
        /// Where run directories are made.
        public var outputDirectory = "runs"
        /// The id of the run to make.
        public var runID: String
        /// Whether shards that processes still work on are left out; they are an error otherwise.
        public var leavesOutBusyShards = false
        /// The version of gage, for the journal.
        public var gageVersion = "development"
        /// The text of `config.yaml` in the run directory; nil to leave the file out.
        public var configurationText: String?

        /// The defaults, for a run of this id.
        public init(runID: String) { self.runID = runID }
    }

    private let plan: Plan
    private let shards: ShardSet
    private let options: Options
    private let clock: any EpisodeClock

    /// Prepares a merge; the plan is that of the configuration which the shards were run with.
    public init(plan: Plan, shards: ShardSet, options: Options, clock: any EpisodeClock = SystemClock()) {
        self.plan = plan
        self.shards = shards
        self.options = options
        self.clock = clock
    }

    /// Merges, and says what came of it.
    ///
    /// Missing episodes are no error: they are in the result, and the run's status is then `stopped`. Throws
    /// ``EvaluationError``: cause `configuration` when the plan is not that of the shards or a shard is being worked on,
    /// what the data set's loader throws when it cannot be read, and cause `gage` when the disk does not allow it.
    public func merge() async throws -> MergeResult {
        let startedAt = clock.wallSeconds
        let directory = try RunDirectory.claim(in: options.outputDirectory, runID: options.runID)
        let (parts, leftOut) = try lockShards()
        var inputs = parts.map { Input(name: $0.shard.name, run: $0.shard.run, journalPath: $0.directory.journalPath) }
        if let own = try ownJournal(in: directory) { inputs.insert(own, at: 0) }
        for input in inputs { try check(input) }

        let merge = try JournalMerge(into: directory)
        let episodes = try merge.add(inputs.map { .init(name: $0.name, path: $0.journalPath) })
        let findings = try await PlanSurvey(plan: plan, options: runOptions).compare(with: merge.journal)
        let result = result(of: inputs, episodes, findings, leftOut: leftOut, in: directory)
        let sessions = try sessions(of: inputs, startedAt: startedAt)

        let files = ShardFiles(into: directory)
        for part in parts { try files.bring(from: part.shard.part.shard, at: part.shard.path) }
        try RunSessionContext.writeConfiguration(plan, runOptions, in: directory)
        try merge.finish(
            MergedRun(
                metadata: metadata(of: inputs, result), sessions: sessions, tasks: findings.tasks,
                dropped: findings.dropped))
        _ = try directory.write(result.json.bytes(.pretty), to: "merge.json")
        try announce(result, in: directory)
        return result
    }

    /// A journal that goes into the merge.
    private struct Input {
        var name: String
        var run: RunMetadata
        var journalPath: String
    }

    /// A shard that is locked by this process as long as the value lives.
    private struct LockedShard {
        var shard: BegunShard
        var directory: RunDirectory
    }

    private func lockShards() throws(EvaluationError) -> ([LockedShard], [LeftOutShard]) {
        var locked: [LockedShard] = []
        var leftOut: [LeftOutShard] = []
        for shard in shards.begun {
            do throws(EvaluationError) {
                locked.append(LockedShard(shard: shard, directory: try RunDirectory.resume(shard.path)))
            } catch {
                guard options.leavesOutBusyShards, error.cause == .configuration else {
                    var failure = error
                    failure.message = "shard \(shard.name): \(error.message)"
                    failure.advice = "wait until it is done, or leave it out with --allow-partial"
                    throw failure
                }
                leftOut.append(LeftOutShard(shard: shard.part.shard, reason: error.message))
            }
        }
        return (locked, leftOut)
    }

    /// The journal that the run has already, from an earlier merge or from going on after one.
    private func ownJournal(in directory: RunDirectory) throws -> Input? {
        guard let journal = try RunDirectory.begunJournal(in: directory.path) else { return nil }
        return Input(name: "run", run: try journal.run(), journalPath: directory.journalPath)
    }

    private func check(_ input: Input) throws(EvaluationError) {
        guard input.run.seed != plan.seed || input.run.planDigest != plan.digest else { return }
        throw EvaluationError(
            .configurationInvalid,
            "the configuration is not the one that \(input.name == "run" ? "the run" : "shard \(input.name)") was begun"
                + " with\(input.run.configuration.changes(to: plan.resolvedConfiguration))",
            cause: .configuration, advice: "name the configuration of the shards with --config")
    }

    private var runOptions: RunOptions {
        var runOptions = RunOptions()
        runOptions.take(shards.options)
        runOptions.configurationText = options.configurationText
        return runOptions
    }

    // MARK: The merged run

    /// The processes that worked on any part, each once although an earlier merge may have noted it, and this one.
    private func sessions(of inputs: [Input], startedAt: Double) throws -> [RunSession] {
        var sessions: Set<RunSession> = []
        for input in inputs { sessions.formUnion(try Journal.open(input.journalPath).sessions()) }
        let merge = RunSession(
            command: "merge", gageVersion: options.gageVersion, startedAt: startedAt, endedAt: clock.wallSeconds)
        return sessions.sorted { $0.startedAt < $1.startedAt } + [merge]
    }

    private func metadata(of inputs: [Input], _ result: MergeResult) -> RunMetadata {
        let first = inputs.min { $0.run.startedAt < $1.run.startedAt }?.run
        var metadata = RunMetadata(
            runID: options.runID, name: plan.name, planDigest: plan.digest, seed: plan.seed,
            gageVersion: first?.gageVersion ?? options.gageVersion, configuration: plan.resolvedConfiguration,
            startedAt: first?.startedAt ?? clock.wallSeconds)
        metadata.status = result.isComplete ? .completed : .stopped
        if !result.isComplete {
            metadata.statusReason = "merged while \(result.missing) of \(result.planned) episodes were missing"
        }
        return metadata
    }

    private func result(
        of inputs: [Input], _ episodes: MergedEpisodes, _ findings: PlanSurvey.Findings, leftOut: [LeftOutShard],
        in directory: RunDirectory
    ) -> MergeResult {
        let sources = zip(inputs, episodes.taken).map { input, taken in
            MergedSource(name: input.name, path: input.journalPath, status: input.run.status, episodes: taken)
        }
        return MergeResult(
            runID: options.runID, directory: directory.path, sources: sources, notBegun: shards.notBegun,
            leftOut: leftOut, planned: findings.tasks.reduce(0) { $0 + ($1.plannedEpisodes ?? 0) },
            missing: findings.missing, missingExamples: findings.examples, episodes: episodes,
            shardCount: shards.begun.map(\.part.shard.count).max() ?? 1)
    }

    private func announce(_ result: MergeResult, in directory: RunDirectory) throws {
        let clock = clock
        let events = try EventLog(
            path: directory.eventsPath, runID: directory.runID, wallSeconds: { clock.wallSeconds })
        events.report(
            RunEvent(
                "run_merged",
                payload: [
                    "sources": .array(result.sources.map { .string($0.name) }), "missing": JSONValue(result.missing),
                    "contested": JSONValue(result.episodes.contested),
                ]))
        try events.close()
    }
}

import Evaluation
import GageConfiguration
import JSON
import Storage

/// Opens a run's journal: a new one, or the one that the run has, if it is of the same plan.
struct RunJournalOpening {
    let plan: Plan
    let options: RunOptions
    let clock: any EpisodeClock

    func open(in directory: RunDirectory) async throws -> JournalWriter {
        var run = RunMetadata(
            runID: directory.runID, name: plan.name, planDigest: plan.digest, seed: plan.seed,
            gageVersion: options.gageVersion, configuration: plan.resolvedConfiguration,
            startedAt: clock.wallSeconds)
        run.shard = options.shard.map { ShardMetadata(shard: $0, options: options.deciding) }
        guard options.resumes else { return try await JournalWriter.create(at: directory.journalPath, run: run) }
        let writer = try JournalWriter.open(directory.journalPath)
        do {
            if try !writer.journal.isBegun { try await writer.begin(run) }
            try await checkPlan(of: try writer.journal.run(), with: writer)
            return writer
        } catch {
            // The refusal is what matters; the journal is as it was.
            try? await writer.close()
            throw error
        }
    }

    /// Results of two plans do not belong into one journal, unless the user says that they do.
    private func checkPlan(of run: RunMetadata, with writer: JournalWriter) async throws {
        if let wanted = options.shard, wanted != run.shard?.shard {
            throw EvaluationError(
                .configurationInvalid,
                "the journal is of \(run.shard.map { "shard \($0.shard)" } ?? "a whole run"), not of shard \(wanted)",
                cause: .configuration, advice: "give this run another --run-id")
        }
        guard run.seed == plan.seed else {
            throw EvaluationError(
                .configurationInvalid, "the run has seed \(run.seed), and the configuration says \(plan.seed)",
                cause: .configuration, advice: "use the run's seed, or start a new run")
        }
        guard run.planDigest != plan.digest else { return }
        guard options.allowsChangedConfiguration else {
            let changes = run.configuration.changes(to: plan.resolvedConfiguration)
            throw EvaluationError(
                .configurationInvalid, "the configuration is not the one that the run was begun with\(changes)",
                cause: .configuration,
                advice: "start a new run, or accept mixed results with --allow-config-change")
        }
        try await writer.record(planDigest: plan.digest, configuration: plan.resolvedConfiguration)
    }
}

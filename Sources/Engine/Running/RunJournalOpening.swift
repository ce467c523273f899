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
        let run = RunMetadata(
            runID: directory.runID, name: plan.name, planDigest: plan.digest, seed: plan.seed,
            gageVersion: options.gageVersion, configuration: plan.resolvedConfiguration,
            startedAt: clock.wallSeconds)
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
        guard run.seed == plan.seed else {
            throw EvaluationError(
                .configurationInvalid, "the run has seed \(run.seed), and the configuration says \(plan.seed)",
                cause: .configuration, advice: "use the run's seed, or start a new run")
        }
        guard run.planDigest != plan.digest else { return }
        guard options.allowsChangedConfiguration else {
            throw EvaluationError(
                .configurationInvalid,
                "the configuration is not the one that the run was begun with\(difference(from: run.configuration))",
                cause: .configuration,
                advice: "start a new run, or accept mixed results with --allow-config-change")
        }
        try await writer.record(planDigest: plan.digest, configuration: plan.resolvedConfiguration)
    }

    /// What changed, a line for each value, the first few of them.
    private func difference(from old: JSONValue) -> String {
        let changes = old.differences(to: plan.resolvedConfiguration)
        let shown = changes.prefix(10).map { change in
            "\n    \(change.path): \(change.old?.text() ?? "nothing") became \(change.new?.text() ?? "nothing")"
        }
        let rest = changes.count > shown.count ? "\n    and \(changes.count - shown.count) more" : ""
        return shown.isEmpty ? "" : ":" + shown.joined() + rest
    }
}

import ArgumentParser
import Engine
import Evaluation
import GageConfiguration
import JSON
import Pause
import Reports
import Storage

/// Runs a stage of PAUSE with the engine, beside the folder that the stage exports to.
///
/// The runs of a folder `x/logs` lie in `x/gage_runs/logs`, `x/gage_runs/logs-2` and so on; the last one is gone on with as
/// long as it follows the same configuration and reads the same data.
struct PauseStageRunner {
    let components: Components
    let options: PauseStageOptions
    /// The folder that is exported to.
    let exports: String

    /// How a stage is run.
    struct Job {
        var loaded: LoadedConfiguration
        /// The samples to attempt; nil for all.
        var only: Set<String>?
        /// Whether what errored is attempted again in any case.
        var retriesErrored = false
        /// Told of each episode that is in the journal.
        var onCommit: (@Sendable (EpisodeRecord) -> Void)?
    }

    private var parent: String {
        let path = exports.hasSuffix("/") ? String(exports.dropLast()) : exports
        return path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }

    private var name: String {
        exports.split(separator: "/").last.map(String.init) ?? "pause"
    }

    /// Where the runs of this folder are made.
    var runsDirectory: String { "\(parent)/gage_runs" }

    /// The id and number of the last run of this folder; nil when there is none.
    func latest() throws -> String? {
        var found: String?
        for number in 1...Self.mostRuns {
            let id = Self.id(name, number)
            guard RunDirectory.exists(in: runsDirectory, runID: id) else { break }
            found = id
        }
        return found
    }

    private static let mostRuns = 10_000

    private static func id(_ name: String, _ number: Int) -> String { number == 1 ? name : "\(name)-\(number)" }

    /// The last run, when it follows this plan, is of the same files, and nothing is to be forced.
    func resumable(_ plan: Plan) async throws -> String? {
        guard !options.force, let id = try latest() else { return nil }
        guard let journal = try begunJournal(of: id), try journal.run().planDigest == plan.digest,
            try await isOfTheSameData(journal, plan)
        else { return nil }
        return id
    }

    /// Whether everything in a journal was made of what the stage reads now.
    ///
    /// The plan names the files of the stage before; these can have been written anew under the same names.
    private func isOfTheSameData(_ journal: Journal, _ plan: Plan) async throws -> Bool {
        var stored: [String: String] = [:]
        try journal.forEachEpisode(detail: .withoutTrajectory) { episode in
            stored[episode.record.id.sample] = JSONValue.object(episode.record.sample).digest()
        }
        var isSame = true
        for task in plan.tasks where !stored.isEmpty {
            try await plan.forEachSample(of: task) { sample in
                guard let known = stored.removeValue(forKey: sample.id) else { return }
                if known != JSONValue.object(sample.judgedJSON).digest() { isSame = false }
            }
        }
        return isSame && stored.isEmpty
    }

    /// The journal of a run; nil where its process died before it had one that can be read.
    private func begunJournal(of id: String) throws -> Journal? {
        let path = try RunDirectory.location(in: runsDirectory, runID: id)
        do throws(EvaluationError) {
            return try RunDirectory.begunJournal(in: path)
        } catch {
            guard error.cause == .configuration else { throw error }
            return nil
        }
    }

    /// The journal of a run.
    func journal(of id: String) throws -> Journal {
        try Journal.open(try RunDirectory.open(try RunDirectory.location(in: runsDirectory, runID: id)).journalPath)
    }

    /// Runs a job, or goes on with the run of the same plan.
    ///
    /// `export` is called with the journal whatever came of the run; what the run ended with is thrown after it.
    func run(_ job: Job, export: (Journal) throws -> Void) async throws {
        let begun = try await resumable(job.loaded.plan)
        let id = try begun ?? nextID()
        var settings = RunOptions()
        settings.outputDirectory = runsDirectory
        settings.runID = id
        settings.resumes = begun != nil
        settings.retriesErrored = begun != nil && (job.retriesErrored || options.retryErrored)
        settings.onlySamples = job.only
        settings.onCommit = job.onCommit
        settings.configurationText = job.loaded.document.yaml(showingOrigins: false)
        settings.gageVersion = Gage.version
        options.limits.apply(to: &settings)
        let session = RunSessionCommand(components: components, plan: job.loaded.plan, display: options.display)
        var ending: (any Error)?
        do {
            try await session.perform(settings, failOnError: options.limits.failOnError) { try await $0.run() }
        } catch {
            ending = error
        }
        if let journal = try begunJournal(of: id) { try export(journal) }
        if let ending { throw ending }
    }

    private func nextID() throws -> String {
        for number in 1...Self.mostRuns where !RunDirectory.exists(in: runsDirectory, runID: Self.id(name, number)) {
            return Self.id(name, number)
        }
        throw EvaluationError(
            .storageFailed, "\(runsDirectory) has too many runs of '\(name)'", cause: .configuration,
            advice: "remove old ones")
    }
}

import Evaluation
import JSON
import Server
import Storage
import Tau

/// A run of τ-bench as it lies on disk.
struct StoredTauBenchRun {
    let facts: TauBenchFacts
    let description: RunDescription
    private let journal: Journal

    /// Reads a run; nil when it is not one of τ-bench, or has not begun.
    init?(_ id: String, in outputDirectory: String) throws {
        let directory = try RunDirectory.open(try RunDirectory.location(in: outputDirectory, runID: id))
        do throws(EvaluationError) {
            journal = try Journal.open(directory.journalPath)
        } catch {
            // A journal that is just being made cannot be read yet.
            guard error.cause == .configuration else { throw error }
            return nil
        }
        guard try journal.isBegun else { return nil }
        let run = try journal.run()
        guard let facts = TauBenchFacts(run.configuration) else { return nil }
        self.facts = facts
        var request = RunRequest(model: facts.model, subset: facts.subset, tasks: facts.tasks.map { String($0) })
        request.userModel = facts.userModel
        request.trials = facts.trials
        var description = RunDescription(
            id: id, request: request, phase: Self.phase(of: run, in: directory), startedAt: run.startedAt)
        description.reason = run.statusReason
        description.planned = try journal.tasks().first?.plannedEpisodes
        for counts in try journal.outcomes().values {
            description.scored += counts.scored
            description.unscorable += counts.unscorable
            description.errored.merge(counts.errored, uniquingKeysWith: +)
        }
        self.description = description
    }

    /// The scores so far, in the order of tasks and trials.
    func scores() throws -> [ScoreRow] {
        var rows: [ScoreRow] = []
        try journal.forEachEpisode { stored in
            if let row = try ScoreRow(stored.record, trials: facts.trials) { rows.append(row) }
        }
        return rows
    }

    /// The messages of an attempt; nil when it is not there.
    func trajectory(task: String, trial: Int) throws -> [JSONValue]? {
        var found: [JSONValue]?
        try journal.forEachEpisode { stored in
            guard found == nil, stored.record.id.trial == trial,
                let score = try MTBenchmarkScore(stored.record), String(score.task) == task
            else { return }
            found = try MTBenchmarkScore.messages(of: stored.record)
        }
        return found
    }

    /// A run whose process was killed still says that it goes on; it was interrupted.
    ///
    /// Of runs of this process the server knows better.
    private static func phase(of run: RunMetadata, in directory: RunDirectory) -> RunPhase {
        switch run.status {
        case .completed: .completed
        case .interrupted: .interrupted
        case .stopped: .stopped
        case .failed: .failed
        case .running: directory.isHeldByAnotherProcess ? .running : .interrupted
        }
    }
}

extension ScoreRow {
    /// The line of an episode; nil for an episode of anything else than τ-bench.
    init?(_ record: EpisodeRecord, trials: Int) throws {
        guard let score = try MTBenchmarkScore(record) else { return nil }
        self.init(
            task: String(score.task), trial: score.trial, isErrored: score.score == nil,
            line: score.json(withTrial: trials > 1 || score.trial > 0))
    }
}

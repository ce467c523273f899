public import Evaluation
import GageConfiguration
import JSON
import Storage

extension RunExecutor {
    /// Makes a run of episodes that took place elsewhere: its directory and its journal, as if it had been run here.
    ///
    /// `records` are the episodes by the plan's task ids, verdicts and scores in them; samples stand in the order in which
    /// they first occur. Throws ``EvaluationError`` as ``run()`` does for a new run.
    public func adopt(_ records: [String: [EpisodeRecord]]) async throws -> RunResult {
        let session = try await RunSessionContext.open(self, command: "import")
        do {
            for (ordinal, task) in plan.tasks.enumerated() {
                try await session.begin(task, ordinal: ordinal, datasetMetadata: [:])
                try await session.adopt(records[task.id] ?? [], of: task, ordinal: ordinal)
            }
        } catch {
            return try await session.close(
                stop: .failed(OutcomeRules.error(error, in: "import")), spending: Spending())
        }
        return try await session.close(stop: nil, spending: Spending())
    }
}

extension RunSessionContext {
    /// Writes a task's finished episodes into the journal.
    fileprivate func adopt(_ records: [EpisodeRecord], of task: PlannedTask, ordinal: Int) async throws {
        var places: [String: Int] = [:]
        // Commits that are under way together share a transaction.
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (number, record) in records.enumerated() {
                let place = places[record.id.sample] ?? places.count
                places[record.id.sample] = place
                if number >= Self.commitsAtOnce { try await group.next() }
                group.addTask { [journal] in
                    try await journal.commit(record, at: EpisodePosition(task: ordinal, sample: place))
                }
            }
            try await group.waitForAll()
        }
        var metadata = TaskMetadata(id: task.id, ordinal: ordinal, datasetID: task.dataset.id)
        metadata.plannedEpisodes = records.count
        metadata.isFullyPlanned = true
        try await journal.record(metadata)
    }

    private static let commitsAtOnce = 64
}

import Evaluation
import Storage

/// The episodes of a task that the journal has, for judging them again.
///
/// Left out are those whose agent never came to a prediction, or failed after it: there is nothing to judge.
actor JournalSource: EpisodeSource {
    private let journal: Journal
    private let task: String
    private var page: ArraySlice<StoredEpisode> = []
    private var last: (position: EpisodePosition, trial: Int)?
    private var isAtEnd = false
    /// What there was to judge so far.
    private(set) var census = TaskCensus()

    private static let pageSize = 32

    init(journal: Journal, task: String) {
        self.journal = journal
        self.task = task
    }

    func next() async throws -> EpisodeTicket? {
        while true {
            guard let stored = try pull() else {
                census.isComplete = true
                return nil
            }
            guard Self.canBeJudged(stored.record) else { continue }
            census.plannedEpisodes += 1
            return EpisodeTicket(
                id: stored.record.id, position: stored.position, start: .stored(stored.record), replaces: "rescoring")
        }
    }

    private static func canBeJudged(_ record: EpisodeRecord) -> Bool {
        guard record.prediction != nil else { return false }
        guard case .errored(let error) = record.outcome, let step = error.step else { return true }
        let judging = [StepKind.judge, .autoEval].map(\.rawValue)
        return judging.contains { step.hasPrefix($0) }
    }

    private func pull() throws -> StoredEpisode? {
        if page.isEmpty, !isAtEnd {
            page = try journal.episodes(after: last, inTask: task, count: Self.pageSize)[...]
            isAtEnd = page.isEmpty
            last = page.last.map { ($0.position, $0.record.id.trial) }
        }
        return page.popFirst()
    }
}

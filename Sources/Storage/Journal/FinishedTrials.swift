public import Evaluation
import GRDB

/// Looks up which trials of sample after sample a task's journal has, a page of the plan's order at a time.
///
/// Going on with a run asks this of every sample. Samples come back in the order in which they were written down, so
/// that one read of the journal answers for hundreds of them; a sample that is not where it was expected is looked up
/// by its name alone.
public struct FinishedTrials: Sendable {
    private let journal: Journal
    private let task: (id: String, ordinal: Int)
    /// The trials of the page's samples, and whether each ended in an error.
    private var page: [String: [Int: Bool]] = [:]
    /// The places that the page is about.
    private var places = 0..<0

    private static let pageSize = 1024

    /// Looks in the journal of a run for a task, which has this place in the plan.
    public init(journal: Journal, task: String, ordinal: Int) {
        self.journal = journal
        self.task = (task, ordinal)
    }

    /// The trials of a sample that are in the journal, and whether each of them ended in an error.
    ///
    /// `place` is where the sample stands in its task now. Throws ``EvaluationError``, cause `gage`, when the journal
    /// cannot be read.
    public mutating func trials(
        ofSample sample: String, at place: Int
    ) throws(EvaluationError) -> [Int: Bool] {
        if !places.contains(place) { try readPage(from: place) }
        if let trials = page[sample] { return trials }
        return try journal.finishedTrials(ofSample: sample, task: task.id)
    }

    private mutating func readPage(from place: Int) throws(EvaluationError) {
        let task = task
        let rows = try journal.read { database in
            try Row.fetchAll(
                database.cachedStatement(
                    sql: """
                        SELECT sample_ordinal, sample_id, trial, outcome = 'errored' AS errored FROM episode
                        WHERE task_ordinal = ? AND sample_ordinal >= ? AND task = ?
                        ORDER BY task_ordinal, sample_ordinal, trial LIMIT \(Self.pageSize)
                        """),
                arguments: [task.ordinal, place, task.id])
        }
        page = [:]
        // The last sample of a full page may have more trials on the next one.
        let cut: Int? = rows.count < Self.pageSize ? nil : rows.last?["sample_ordinal"]
        for row in rows where row["sample_ordinal"] != cut {
            let (sample, trial, hasErrored): (String, Int, Bool) = (row["sample_id"], row["trial"], row["errored"])
            page[sample, default: [:]][trial] = hasErrored
        }
        places = place..<max(place + 1, cut ?? .max)
    }
}

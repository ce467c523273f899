import Evaluation
import Storage

/// What a task's data set has come to so far: how much is planned, and what was left out for which reason.
struct TaskCensus: Sendable {
    /// How many samples the data set promises, where it says so.
    var expectedSamples: Int?
    /// Attempts at each sample that does not say itself how many.
    var trials = 1
    /// Samples seen.
    var samples = 0
    /// Episodes of these samples.
    var plannedEpisodes = 0
    /// Episodes that the journal had already.
    var alreadyDone = 0
    /// Whether the data set was read to its end.
    var isComplete = false
    /// How many records were left out.
    private(set) var dropped = 0
    private var byReason: [String: (count: Int, examples: [String])] = [:]

    /// The largest number of reasons told apart; data that gives each record a reason of its own must not fill memory.
    private static let reasonLimit = 100
    /// How many records of each reason are named.
    private static let exampleLimit = 5

    /// Counts a record that was left out.
    mutating func drop(_ reason: String, origin: String) {
        dropped += 1
        let key = byReason[reason] != nil || byReason.count < Self.reasonLimit ? reason : "other reasons"
        var entry = byReason[key] ?? (0, [])
        entry.count += 1
        if entry.examples.count < Self.exampleLimit { entry.examples.append(origin) }
        byReason[key] = entry
    }

    /// The records left out, for the journal.
    func droppedRecords(of task: String) -> [DroppedRecords] {
        byReason.keys.sorted().compactMap { reason in
            byReason[reason].map {
                DroppedRecords(task: task, reason: reason, count: $0.count, examples: $0.examples)
            }
        }
    }

    /// How many episodes are planned in all: exact once the data set was read to its end, else what it promises.
    var expectedEpisodes: Int? {
        if isComplete { return plannedEpisodes }
        return expectedSamples.map { max($0 * trials, plannedEpisodes) }
    }
}

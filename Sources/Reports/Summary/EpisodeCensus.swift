import Evaluation

/// What one pass over the episodes counts: usage, cost, errors, and the episodes to show first.
struct EpisodeCensus {
    private(set) var usage = Usage()
    private(set) var cost = 0.0
    private(set) var callsWithoutPrice = 0
    private(set) var modelCalls = 0
    private(set) var causes: [String: Int] = [:]
    private(set) var codes: [String: Int] = [:]
    private(set) var errors = ErrorExamples()
    private(set) var retries = 0
    private(set) var inferenceSeconds = 0.0
    private(set) var failures: FailureShelf

    /// Begins the count of a run of so many tasks.
    init(tasks: Int) { failures = FailureShelf(tasks: tasks) }

    /// Takes an episode, whatever its outcome.
    mutating func add(_ record: EpisodeRecord) {
        // What costs nothing and used nothing is a text that no model wrote, such as a fixed greeting.
        for entry in record.trajectory.entries where entry.usage != nil || (entry.cost ?? 0) > 0 {
            modelCalls += 1
            if let used = entry.usage { usage = usage + used }
            if let price = entry.cost { cost += price } else { callsWithoutPrice += 1 }
        }
        retries += record.failedAttempts.count
        inferenceSeconds += record.stepDurations.filter { $0.step.hasPrefix("inference") }.reduce(0) { $0 + $1.seconds }
        if case .errored(let error) = record.outcome {
            causes[error.cause.rawValue, default: 0] += 1
            codes[error.code.rawValue, default: 0] += 1
            errors.add(error, of: record.id)
        }
        failures.add(record)
    }
}

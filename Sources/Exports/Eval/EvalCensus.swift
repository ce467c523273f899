import Evaluation
import Statistics

/// What a log says about all of its samples.
struct EvalCensus {
    private(set) var samples = 0
    private(set) var completed = 0
    private(set) var epochs = 1
    private(set) var usage = EvalUsageSums()
    private(set) var endedAt = 0.0
    /// The samples' ids, in plan order.
    private(set) var sampleIDs: [String] = []
    /// The model of the agent, where a message names it.
    private(set) var model: String?
    private(set) var metrics: [Metric] = []
    private var places: [String: Int] = [:]
    private var names: Set<String> = []

    /// The numbers of one metric.
    struct Metric {
        let id: String
        let value: String
        var numbers: [Double] = []
        var samples: [String] = []
        /// Scored samples that have it.
        var scored: Int { numbers.count }
        var mean: Double { numbers.mean ?? 0 }
        var standardError: Double? { ClusteredMean(numbers, clusters: samples)?.standardError }
    }

    /// Takes a sample in; false when another one has the same name in the log.
    mutating func add(_ record: EpisodeRecord, memberName: String) -> Bool {
        guard names.insert(memberName).inserted else { return false }
        samples += 1
        if record.outcome == .scored { completed += 1 }
        epochs = max(epochs, record.id.trial + 1)
        endedAt = max(endedAt, record.startedAt + record.duration)
        if sampleIDs.last != record.id.sample { sampleIDs.append(record.id.sample) }
        for entry in record.trajectory.entries {
            usage.add(entry)
            if model == nil, entry.speaker == .agent { model = entry.model }
        }
        guard record.outcome == .scored else { return true }
        for score in record.scores {
            for key in score.values.keys.sorted() {
                guard let number = score.values[key], number.isFinite else { continue }
                let name = "\(score.metric)\u{1}\(key)"
                let place = places[name] ?? metrics.count
                if place == metrics.count {
                    places[name] = place
                    metrics.append(Metric(id: score.metric, value: key))
                }
                metrics[place].numbers.append(number)
                metrics[place].samples.append(record.id.sample)
            }
        }
        return true
    }

    /// Whether the log has a sample of this name.
    func has(_ memberName: String) -> Bool { names.contains(memberName) }
}

import Evaluation
import JSON
import Statistics

/// One number of one metric in two runs, on the episodes that have it in both.
struct MeasureComparison: Sendable {
    /// What a comparison lets one say.
    enum Finding: String, Sendable {
        case higher
        case lower
        /// A difference beyond the margin is ruled out.
        case equivalent
        /// Neither a difference nor its absence is shown.
        case undecided
    }

    /// The task or domain.
    let scope: String
    let measure: Measure
    let pairs: ClusteredPairs
    let interval: Interval?
    let test: ClusteredPairs.Test
    /// Episodes that failed in the first and succeeded in the second; empty unless all values are 0 or 1.
    let gained: [EpisodeID]
    /// Episodes that succeeded in the first and failed in the second.
    let lost: [EpisodeID]
    /// Corrected with all other tests of the comparison.
    var adjusted = 1.0
    /// The smallest difference that so many samples find, given the number of tests.
    var detectable: Double?
    private(set) var finding = Finding.undecided

    init?(_ scope: String, _ measure: Measure, _ column: Column, _ settings: ComparisonSettings) {
        guard let pairs = ClusteredPairs(column.first, column.second, clusters: column.samples) else { return nil }
        self.scope = scope
        self.measure = measure
        self.pairs = pairs
        interval = pairs.interval(level: settings.confidence)
        test = pairs.test(seed: settings.seed)
        let places = pairs.isBinary ? Array(column.episodes.indices) : []
        gained = places.filter { column.first[$0] < column.second[$0] }.map { column.episodes[$0] }
        lost = places.filter { column.first[$0] > column.second[$0] }.map { column.episodes[$0] }
    }

    /// The values of the pairs that have them in both runs.
    struct Column {
        var first: [Double] = []
        var second: [Double] = []
        var samples: [Int] = []
        var episodes: [EpisodeID] = []
    }

    /// Says what the corrected p value and the margin allow to say.
    mutating func settle(adjusted: Double, tests: Int, _ settings: ComparisonSettings) {
        self.adjusted = adjusted
        let level = settings.significance / Double(max(1, tests))
        detectable = pairs.minimumDetectableDifference(PowerAnalysis(significance: level, power: settings.power))
        if adjusted <= settings.significance, pairs.difference != 0 {
            finding = pairs.difference > 0 ? .higher : .lower
        } else if isEquivalent(settings) {
            finding = .equivalent
        }
    }

    /// Two one-sided tests: the interval at twice the significance level lies within the margin.
    private func isEquivalent(_ settings: ComparisonSettings) -> Bool {
        guard let margin = settings.margin, let inner = pairs.interval(level: 1 - 2 * settings.significance) else {
            return false
        }
        return inner.lower > -margin && inner.upper < margin
    }

    func json(_ grouping: ComparisonSettings.Grouping) -> JSONValue {
        var object: JSONObject = [
            grouping == .task ? "task_id" : "domain": .string(scope), "metric_id": .string(measure.metric),
            "value": .string(measure.value), "pairs": .int(Int64(pairs.count)),
            "samples": .int(Int64(pairs.clusterCount)), "first": .finite(pairs.firstMean),
            "second": .finite(pairs.secondMean), "difference": .finite(pairs.difference),
            "interval": .interval(interval), "interval_method": .string(pairs.method.rawValue),
            "standard_error": .finite(pairs.standardError), "test": .string(test.kind.rawValue),
            "p_value": .finite(test.pValue), "p_mid": .finite(test.midPValue), "p_adjusted": .finite(adjusted),
            "finding": .string(finding.rawValue), "minimum_detectable_difference": .finite(detectable),
            "higher": .int(Int64(pairs.higher)), "lower": .int(Int64(pairs.lower)),
        ]
        if pairs.isBinary {
            object["gained"] = .array(gained.map(\.addressJSON))
            object["lost"] = .array(lost.map(\.addressJSON))
        }
        return .object(object)
    }
}

extension EpisodeID {
    /// How an episode is named in comparisons, so that commands and the viewer find it.
    var addressJSON: JSONValue {
        [
            "episode": .string(description), "task_id": .string(task), "sample_id": .string(sample),
            "trial": .int(Int64(trial)),
        ]
    }
}

extension JSONValue {
    /// A number, or null for none and for what JSON has no words for.
    static func finite(_ value: Double?) -> JSONValue {
        value.flatMap { $0.isFinite ? JSONValue($0) : nil } ?? .null
    }

    /// `[lower, upper]`, or null.
    static func interval(_ interval: Interval?) -> JSONValue {
        interval.map { .array([.finite($0.lower), .finite($0.upper)]) } ?? .null
    }
}

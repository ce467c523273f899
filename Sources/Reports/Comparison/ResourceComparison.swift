import JSON
import Statistics

/// What an episode used in two runs, on the episodes that are scored in both and where it is known in both.
struct ResourceComparison: Sendable {
    /// What is used.
    enum Resource: String, Sendable, CaseIterable {
        case cost = "cost_usd"
        case inputTokens = "input_tokens"
        case outputTokens = "output_tokens"
        case seconds

        var title: String {
            switch self {
            case .cost: "cost ($)"
            case .inputTokens: "input tokens"
            case .outputTokens: "output tokens"
            case .seconds: "time (s)"
            }
        }

        func value(_ episode: ComparedEpisode) -> Double? {
            switch self {
            case .cost: episode.cost
            case .inputTokens: episode.inputTokens.map(Double.init)
            case .outputTokens: episode.outputTokens.map(Double.init)
            case .seconds: episode.seconds
            }
        }

        func text(_ value: Double) -> String {
            switch self {
            case .cost: NumberText.fixed(value, digits: 4)
            case .inputTokens, .outputTokens: NumberText.fixed(value, digits: value.magnitude < 10 ? 1 : 0)
            case .seconds: NumberText.fixed(value, digits: 2)
            }
        }
    }

    let resource: Resource
    let pairs: ClusteredPairs
    let interval: Interval?
    /// The 95th percentiles, of times.
    let tails: (first: Double, second: Double)?

    init?(
        _ resource: Resource, _ episodes: [(first: ComparedEpisode, second: ComparedEpisode)], samples: [Int],
        _ settings: ComparisonSettings
    ) {
        var column = MeasureComparison.Column()
        for (place, pair) in episodes.enumerated() {
            guard let first = resource.value(pair.first), let second = resource.value(pair.second) else { continue }
            column.first.append(first)
            column.second.append(second)
            column.samples.append(samples[place])
        }
        guard let pairs = ClusteredPairs(column.first, column.second, clusters: column.samples) else { return nil }
        self.resource = resource
        self.pairs = pairs
        // A score interval of shares says nothing about amounts.
        interval = pairs.method == .clusteredStudent ? pairs.interval(level: settings.confidence) : nil
        if resource == .seconds, let first = column.first.quantile(0.95), let second = column.second.quantile(0.95) {
            tails = (first, second)
        } else {
            tails = nil
        }
    }

    var json: JSONValue {
        var object: JSONObject = [
            "resource": .string(resource.rawValue), "pairs": .int(Int64(pairs.count)),
            "first": .finite(pairs.firstMean), "second": .finite(pairs.secondMean),
            "difference": .finite(pairs.difference), "interval": .interval(interval),
        ]
        if let tails { object["p95"] = [.finite(tails.first), .finite(tails.second)] }
        return .object(object)
    }
}

import JSON
import Statistics

/// What one variant came to in one environment, every scored episode counted.
struct VariantSummary: Sendable {
    let variant: String
    let tasks: Int
    let episodes: Int
    let successes: Int
    let errored: Int
    let unscorable: Int
    let promptFaults: Int
    let rewards: [Double]
    let rate: Double?
    let interval: Interval?
    let intervalMethod: String
    let passHat: [(value: Double, interval: Interval?)]
    let ends: [(end: String, count: Int)]
    let meanTurns: Double?
    let cost: Double?

    init(_ variant: String, _ table: OutcomeTable, _ cells: [StudyCell], _ settings: AnalysisSettings) {
        let scored = cells.filter { $0.reward != nil }
        self.variant = variant
        episodes = scored.count
        successes = scored.count { $0.isSuccess ?? (($0.reward ?? 0) > 1 - 1e-6) }
        errored = cells.count { $0.outcome == "errored" }
        unscorable = cells.count { $0.outcome == "unscorable" }
        promptFaults = cells.count { $0.promptFault != nil }
        rewards = scored.compactMap(\.reward)
        rate = scored.isEmpty ? nil : Double(successes) / Double(scored.count)
        let entries = table.entries(of: variant, on: table.completeTasks([variant]))
        tasks = Set(scored.map(\.place.task)).count
        let options = Bootstrap.Options(replicates: settings.replicates, seed: UInt64(max(0, settings.seed)))
        if table.trials == 1 {
            interval = Proportion(successes: successes, of: scored.count)?.wilsonInterval()
            intervalMethod = "wilson"
        } else {
            // Trials of one task are not independent.
            interval = Bootstrap(meanOf: entries.map(\.rate), options: options)?.percentileInterval()
            intervalMethod = "bootstrap over tasks"
        }
        passHat = (0..<(entries.isEmpty ? 0 : table.trials)).compactMap { place in
            let values = entries.compactMap { entry in
                TaskTrials(count: entry.successes.count, successes: entry.successes.count { $0 }).passHat(place + 1)
            }
            guard let mean = values.mean else { return nil }
            return (mean, Bootstrap(meanOf: values, options: options)?.percentileInterval())
        }
        ends = StudyEnds.counted(scored)
        meanTurns = scored.map { Double($0.turns) }.mean
        let costs = cells.compactMap(\.cost)
        cost = costs.count == cells.count ? costs.reduce(0, +) : nil
    }

    var json: JSONValue {
        var passes: JSONObject = [:]
        for (place, pass) in passHat.enumerated() {
            passes["\(place + 1)"] = ["value": JSONValue(pass.value), "interval": JSONValue(pass.interval)]
        }
        var ends: JSONObject = [:]
        for (end, count) in self.ends { ends[end] = JSONValue(count) }
        return [
            "count": JSONValue(episodes), "tasks": JSONValue(tasks), "successes": JSONValue(successes),
            "success_rate": JSONValue(optional: rate), "success_interval": JSONValue(interval),
            "success_interval_method": .string(intervalMethod),
            "mean_reward": JSONValue(optional: rewards.mean), "median_reward": JSONValue(optional: rewards.median),
            "std_reward": JSONValue(optional: rewards.sampleDeviation), "min": JSONValue(optional: rewards.min()),
            "max": JSONValue(optional: rewards.max()), "q1": JSONValue(optional: rewards.quantile(0.25)),
            "q3": JSONValue(optional: rewards.quantile(0.75)), "pass_hat_k": .object(passes),
            "errored": JSONValue(errored), "unscorable": JSONValue(unscorable),
            "prompt_faults": JSONValue(promptFaults), "end_reasons": .object(ends),
            "turn_limit_rate": JSONValue(optional: share(of: StudyEnds.turnLimit)),
            "mean_turns": JSONValue(optional: meanTurns), "cost": JSONValue(optional: cost),
        ]
    }

    /// The share of scored episodes that ended so.
    func share(of end: String) -> Double? {
        episodes == 0 ? nil : Double(ends.first { $0.end == end }?.count ?? 0) / Double(episodes)
    }
}

/// How episodes ended, counted.
enum StudyEnds {
    static let turnLimit = "turn_limit"

    static func counted(_ cells: [StudyCell]) -> [(end: String, count: Int)] {
        var counts: [String: Int] = [:]
        for cell in cells { counts[cell.end ?? "unknown", default: 0] += 1 }
        return counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}

extension JSONValue {
    init(_ interval: Interval?) {
        self = interval.map { [JSONValue(finite: $0.lower), JSONValue(finite: $0.upper)] } ?? .null
    }

    /// A number, or null where it is none: JSON has no infinity.
    init(finite value: Double?) {
        if let value, value.isFinite { self = JSONValue(value) } else { self = .null }
    }
}

import Evaluation
import JSON
import Statistics

/// Attempts at tasks that are counted together, and what they come to.
///
/// Two things stand side by side: what older summaries say (means over what was evaluated), and what AppWorld itself says: a
/// scenario counts when all of its tasks are done.
struct GoalCompletion {
    /// A scenario in one trial of one task of the configuration.
    private struct Group: Hashable {
        var task: String
        var scenario: String
        var trial: Int
    }

    private var planned = 0
    private var errored = 0
    private var tgc: [Double] = []
    private var sgc: [Double] = []
    private var successes: [Double] = []
    private var scenarios: [String] = []
    private var groups: [Group: [Double]] = [:]
    private var plannedGroups: [Group: Int] = [:]

    mutating func add(_ record: EpisodeRecord) {
        planned += 1
        let scenario = Scenario.of(task: record.sample["metadata"]?[AppWorldTask.key]?["task_id"]?.stringValue ?? "")
        let group = Group(task: record.id.task, scenario: scenario, trial: record.id.trial)
        plannedGroups[group, default: 0] += 1
        if case .errored = record.outcome { errored += 1 }
        let output = record.judgeOutput[AppWorldTask.key]
        guard case .scored = record.outcome, let completion = output?["tgc"]?.doubleValue else { return }
        tgc.append(completion)
        if let value = output?["sgc"]?.doubleValue { sgc.append(value) }
        let success: Double = completion >= 1 ? 1 : 0
        successes.append(success)
        scenarios.append(scenario)
        groups[group, default: []].append(success)
    }

    /// Scenarios of which not all tasks were evaluated, by name.
    var incompleteScenarios: [String] {
        let missing = plannedGroups.keys.filter { (groups[$0]?.count ?? 0) < Scenario.taskCount }
        return Set(missing.map(\.scenario)).sorted()
    }

    var json: JSONObject {
        let complete = groups.filter { $0.value.count >= Scenario.taskCount }
        return [
            "total": JSONValue(planned), "scored": JSONValue(successes.count), "errored": JSONValue(errored),
            "coverage": Self.json(planned == 0 ? nil : Double(successes.count) / Double(planned)),
            "tgc_mean": Self.json(Self.mean(tgc)), "sgc_mean": Self.json(Self.mean(sgc)),
            "official_tgc": JSONValue(OfficialPercent.of(share: Self.mean(successes))),
            "tgc_interval": Self.json(ClusteredShare(successes, clusters: scenarios)?.interval),
            "official_sgc": JSONValue(Self.percent(groups)), "sgc_interval": Self.interval(groups),
            "official_sgc_complete": complete.isEmpty ? .null : JSONValue(Self.percent(complete)),
            "official_tgc_of_planned": JSONValue(OfficialPercent.of(successes.count { $0 == 1 }, among: planned)),
            "official_sgc_of_planned": JSONValue(
                OfficialPercent.of(
                    plannedGroups.count { group, count in
                        groups[group].map { $0.count == count && $0.allSatisfy { $0 == 1 } } ?? false
                    }, among: plannedGroups.count)),
            "scenarios": JSONValue(plannedGroups.count), "complete_scenarios": JSONValue(complete.count),
        ]
    }

    private static func percent(_ groups: [Group: [Double]]) -> Double {
        OfficialPercent.of(share: mean(groups.values.map { $0.min() ?? 0 }))
    }

    private static func interval(_ groups: [Group: [Double]]) -> JSONValue {
        // In an order of their own, so that the last digits are the same in every run.
        let values = groups.map { (scenario: $0.key.scenario, value: $0.value.min() ?? 0) }.sorted { $0 < $1 }
        return json(ClusteredShare(values.map(\.value), clusters: values.map(\.scenario))?.interval)
    }

    private static func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    private static func json(_ number: Double?) -> JSONValue { number.map { JSONValue($0) } ?? .null }

    /// An interval in percent.
    private static func json(_ interval: Interval?) -> JSONValue {
        interval.map { [JSONValue(100 * $0.lower), JSONValue(100 * $0.upper)] } ?? .null
    }
}

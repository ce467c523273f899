import Evaluation
import JSON
import Statistics

/// `tau_bench_summary`: rewards, pass^k and costs of the original τ-bench, overall and by environment.
struct Tau1Summary: SummaryGenerator {
    static let key = "tau_bench_summary"

    var fidelity: FidelityStatement? {
        FidelityStatement(
            benchmark: "τ-bench", comparedWith: "sierra-research/tau-bench at 59a200c",
            statement: """
                Tools, data and rewards agree with the official code in all 7,412 recorded cases of retail and airline.
                """)
    }

    func makeAccumulator(seed: UInt64) -> any SummaryAccumulator { Tau1SummaryAccumulator() }
}

private struct Tau1SummaryAccumulator: SummaryAccumulator {
    private var overall = Tau1SummaryGroup()
    private var environments: [String: Tau1SummaryGroup] = [:]
    private var settings: [String: Set<String>] = [:]

    private static let settingKeys = ["agent_strategy", "user_strategy", "user_habits", "prompt_source"]

    mutating func add(_ record: EpisodeRecord) {
        guard let facts = record.sample["metadata"]?["tau_bench"], let environment = facts["env"]?.stringValue else {
            return
        }
        let found = record.judgeOutput["tau_bench"] ?? .null
        let trial = Tau1SummaryGroup.Trial(
            environment: environment, task: Tau1Metric.taskName(in: facts), found: found, outcome: record.outcome)
        overall.add(trial)
        environments[environment, default: Tau1SummaryGroup()].add(trial)
        for key in Self.settingKeys {
            if let value = facts[key]?.stringValue { settings[key, default: []].insert(value) }
        }
        if let variant = record.sample["metadata"]?["user_variant"]?["name"]?.stringValue {
            settings["user_variant", default: []].insert(variant)
        }
    }

    func finish() throws -> JSONObject? {
        guard overall.episodes > 0 else { return nil }
        var byEnvironment: JSONObject = [:]
        for (name, group) in environments.sorted(by: { $0.key < $1.key }) { byEnvironment[name] = .object(group.json) }
        var section: JSONObject = ["overall": .object(overall.json), "by_env": .object(byEnvironment)]
        for (key, values) in settings.sorted(by: { $0.key < $1.key }) {
            section[key] = .string(values.sorted().joined(separator: ", "))
        }
        return section
    }
}

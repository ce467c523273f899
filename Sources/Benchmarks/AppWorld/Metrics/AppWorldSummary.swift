import Evaluation
import JSON

/// `appworld_summary`: task and scenario goal completion, over all and by subset and difficulty.
struct AppWorldSummary: SummaryGenerator {
    static let key = "appworld_summary"

    var fidelity: FidelityStatement? {
        FidelityStatement(
            benchmark: "AppWorld", comparedWith: "AppWorld 0.2.0.dev0",
            statement: """
                AppWorld's own evaluator judges in its container. The percentages agree with the official ones in all 1,702 recorded \
                vectors and 288 figures of the leaderboard.
                """)
    }

    func makeAccumulator(seed: UInt64) -> any SummaryAccumulator { AppWorldSummaryAccumulator() }
}

private struct AppWorldSummaryAccumulator: SummaryAccumulator {
    private var overall = GoalCompletion()
    private var isEmpty = true
    private var subsets: [String: GoalCompletion] = [:]
    private var difficulties: [String: GoalCompletion] = [:]
    private var failures: [String: Int] = [:]

    mutating func add(_ record: EpisodeRecord) {
        guard let task = record.sample["metadata"]?[AppWorldTask.key], task["task_id"]?.stringValue != nil else {
            return
        }
        isEmpty = false
        overall.add(record)
        subsets[task["subset"]?.stringValue ?? "unknown", default: GoalCompletion()].add(record)
        let output = record.judgeOutput[AppWorldTask.key]
        if let difficulty = output?["difficulty"]?.intValue {
            difficulties[String(difficulty), default: GoalCompletion()].add(record)
        }
        guard case .errored(let error) = record.outcome else { return }
        failures[output?["failure_reason"]?.stringValue ?? error.code.rawValue, default: 0] += 1
    }

    func finish() throws -> JSONObject? {
        guard !isEmpty else { return nil }
        return [
            "overall": .object(overall.json), "by_subset": Self.json(subsets), "by_difficulty": Self.json(difficulties),
            "incomplete_scenarios": .array(overall.incompleteScenarios.map(JSONValue.string)),
            "failure_reason": .object(
                JSONObject(uniqueKeysWithValues: failures.sorted { $0.key < $1.key }.map { ($0, JSONValue($1)) })),
        ]
    }

    private static func json(_ groups: [String: GoalCompletion]) -> JSONValue {
        .object(JSONObject(uniqueKeysWithValues: groups.sorted { $0.key < $1.key }.map { ($0, .object($1.json)) }))
    }
}

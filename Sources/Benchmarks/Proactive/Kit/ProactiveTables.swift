import Evaluation
import JSON

/// What the report shows of the section `proactive_summary`.
struct ProactiveTables {
    let section: JSONValue

    var all: [SummaryTable] { [rewards, clarity, pairs] + [policies].compactMap { $0 } }

    private static let figures = ["task_score", "interrupt_cost", "reward", "questions", "reject_rate"]

    /// By user and action.
    private var rewards: SummaryTable {
        var rows: [[String]] = []
        for (persona, actions) in section["by_persona"]?.objectValue ?? [:] {
            for (action, found) in actions.objectValue ?? [:] {
                let count = found["trajectories"]?.text() ?? ""
                rows.append([persona, action, count] + Self.figures.map { Self.text(found[$0]) })
            }
        }
        return SummaryTable(
            title: "Reward by user and action",
            columns: ["user", "action", "trajectories"] + Self.figures.map { $0.replacing("_", with: " ") }, rows: rows)
    }

    private var clarity: SummaryTable {
        let rows = (section["by_task_uncertainty"]?.arrayValue ?? []).map { row in
            [
                "\(row["from"]?.text() ?? "") – \(row["to"]?.text() ?? "")", row["mainlines"]?.text() ?? "",
                Self.text(row["clarify_rate"]), row["pairs"]?.text() ?? "", Self.text(row["clarify_preferred_rate"]),
            ]
        }
        return SummaryTable(
            title: "Asking by how clear the task is (task_uncertainty: 0 unclear, 1 clear)",
            columns: ["task_uncertainty", "mainlines", "asked", "pairs", "asking was better"], rows: rows)
    }

    private var pairs: SummaryTable {
        let found = section["pairs"]
        let values = [
            found?["decision_points"], found?["pairs"], found?["chosen"]?["Clarify"], found?["chosen"]?["Execute"],
            found?["ties"], found?["single_action"], found?["conflicts"],
        ]
        return SummaryTable(
            title: "Preference pairs",
            columns: [
                "decision points", "pairs", "Clarify better", "Execute better", "ties", "one action only", "conflicts",
            ], rows: [values.map { $0?.text() ?? "" }])
    }

    /// The trained policy and its baselines on held-out states; nil where none was trained.
    private var policies: SummaryTable? {
        guard let report = section["policy"]?["evaluation"], let own = report["summary"] else { return nil }
        let keys = [
            "action_accuracy", "task_success_rate", "avg_reward", "avg_interrupt_cost", "clarify_rate",
        ]
        func row(_ name: String, _ found: JSONValue) -> [String] {
            [name] + keys.map { Self.rounded(found[$0]?.doubleValue) }
        }
        var rows = [row("trained policy", own)]
        for (name, found) in report["baselines"]?.objectValue ?? [:] { rows.append(row(name, found)) }
        return SummaryTable(
            title: "Policies on held-out states",
            columns: [
                "policy", "action accuracy, %", "task success, %", "mean reward", "mean interruption cost",
                "share of asking",
            ], rows: rows)
    }

    /// A figure with its interval.
    private static func text(_ figure: JSONValue?) -> String {
        guard let value = figure?["value"]?.doubleValue else { return "–" }
        guard let ends = figure?["interval"]?.arrayValue, ends.count == 2 else { return rounded(value) }
        return "\(rounded(value)) [\(rounded(ends[0].doubleValue)), \(rounded(ends[1].doubleValue))]"
    }

    private static func rounded(_ value: Double?) -> String {
        value.map { FixedText.text($0, decimals: 2) } ?? "–"
    }
}

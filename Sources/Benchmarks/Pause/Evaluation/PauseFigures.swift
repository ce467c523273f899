import Evaluation
import JSON
import Statistics

/// Trajectories that are summed up together.
struct PauseFigures {
    /// One trajectory, as far as it is summed up.
    struct Trial {
        /// What stands for the task, so that several attempts at one are no independent observations.
        var task: String
        /// What the judge found.
        var found: JSONValue
        /// How it ended.
        var end: End
    }

    /// Whether a trajectory counts.
    enum End {
        case scored
        case errored(cause: String)
        case unscorable
    }

    private var planned = 0
    private var errored: [String: Int] = [:]
    private var unscorable = 0
    private var targets = TargetScores()
    private var clusters: [String] = []
    private var completions: [Double] = []
    private var shares: [Double] = []
    private var values: [String: (values: [Double], clusters: [String])] = [:]
    private var terminations: [String: Int] = [:]
    private var mistakes = 0
    private var trajectoriesWithMistakes = 0
    private var faults: [String: Int] = [:]

    mutating func add(_ trial: Trial) {
        planned += 1
        switch trial.end {
        case .errored(let cause): errored[cause, default: 0] += 1
        case .unscorable: unscorable += 1
        case .scored: addScored(trial)
        }
    }

    private mutating func addScored(_ trial: Trial) {
        let found = trial.found
        let achieved = (found["targets_achieved"]?.arrayValue ?? []).map(\.boolValue)
        let decided = achieved.compactMap { $0 }
        targets.add(achieved)
        if !decided.isEmpty {
            completions.append(decided.allSatisfy { $0 } ? 1 : 0)
            shares.append(Double(decided.count { $0 }) / Double(decided.count))
            clusters.append(trial.task)
        }
        for (name, path) in Self.quantities {
            guard let value = found.at(path)?.doubleValue else { continue }
            values[name, default: ([], [])].values.append(value)
            values[name]?.clusters.append(trial.task)
        }
        if let products = Self.productRate(in: found) {
            values["shopping_pid", default: ([], [])].values.append(products)
            values["shopping_pid"]?.clusters.append(trial.task)
        }
        terminations[found["termination_reason"]?.stringValue ?? "unknown", default: 0] += 1
        let own = found["permission_mistakes"]?.intValue ?? 0
        mistakes += own
        if own > 0 { trajectoriesWithMistakes += 1 }
        for check in found["checks"]?.arrayValue ?? [] where check["passed"]?.boolValue == false {
            faults[check["kind"]?.stringValue ?? "unknown", default: 0] += 1
        }
    }

    /// The figures with their intervals over tasks, and how much of what was planned they are of.
    var json: JSONObject {
        let scored = planned - errored.values.reduce(0, +) - unscorable
        var object: JSONObject = [
            "planned": JSONValue(planned), "scored": JSONValue(scored),
            "coverage": JSONValue(planned == 0 ? 0 : Double(scored) / Double(planned)),
            "errored": Self.counts(errored), "unscorable": JSONValue(unscorable),
            "tasks": JSONValue(Set(clusters).count),
        ]
        object["TC"] = JSONValue(optional: targets.taskCompletion)
        object["TC_interval"] = Self.interval(completions, clusters)
        object["TA"] = JSONValue(optional: targets.targetsAchieved)
        object["TA_interval"] = Self.interval(shares, clusters)
        object["judge_coverage"] = JSONValue(optional: targets.coverage)
        for (name, _) in Self.quantities + [("shopping_pid", "")] {
            guard let found = values[name], let mean = found.values.mean else { continue }
            object[name] = JSONValue(mean)
            if Self.shares.contains(name) {
                object["\(name)_interval"] = Self.interval(found.values, found.clusters)
            }
        }
        object["termination"] = Self.counts(terminations)
        object["permission_mistakes"] = JSONValue(mistakes)
        object["trajectories_with_permission_mistakes"] = JSONValue(trajectoriesWithMistakes)
        object["failed_checks"] = Self.counts(faults)
        return object
    }

    /// Names of the summary and where a finding has the value.
    private static let quantities = [
        ("Pre", "tool_call_metrics.precision"), ("Rec", "tool_call_metrics.recall"), ("F1", "tool_call_metrics.f1"),
        ("jaccard", "tool_call_metrics.jaccard"), ("rounds", "rounds"),
        ("assistant_tool_calls", "assistant_tool_calls"), ("user_tool_calls", "user_tool_calls"),
        ("shopping_score", "shopping.score_ratio"),
        ("shopping_qty_size", "shopping.details.quantity_size_match.score"),
        ("shopping_voucher", "shopping.details.voucher_ids_match.score"),
        ("shopping_balance", "shopping.details.balance_check.score"),
    ]

    private static let shares: Set<String> = ["Pre", "Rec", "F1", "shopping_score"]

    /// The share of an order's products that were bought; nil for what is no order.
    static func productRate(in found: JSONValue) -> Double? {
        guard let match = found["shopping"]?["details"]?["product_id_match"],
            let expected = match["expected"]?.arrayValue, !expected.isEmpty
        else { return nil }
        return Double(match["matched"]?.arrayValue?.count ?? 0) / Double(expected.count)
    }

    private static func counts(_ counts: [String: Int]) -> JSONValue {
        .object(
            JSONObject(entries: counts.sorted { $0.key < $1.key }.map { (key: $0.key, value: JSONValue($0.value)) }))
    }

    private static func interval(_ values: [Double], _ clusters: [String]) -> JSONValue {
        guard let interval = ClusteredShare(values, clusters: clusters)?.interval else { return .null }
        return [JSONValue(interval.lower), JSONValue(interval.upper)]
    }
}

/// The figures of every model: overall, by difficulty, by branch.
struct PauseFiguresTable {
    private var models: [String: [String: [String: PauseFigures]]] = [:]

    /// Adds a trajectory of a model.
    mutating func add(_ trial: PauseFigures.Trial, model: String, difficulty: String, branch: String) {
        for (dimension, value) in [("overall", ""), ("by_difficulty", difficulty), ("by_branch", branch)] {
            models[model, default: [:]][dimension, default: [:]][value, default: PauseFigures()].add(trial)
        }
    }

    /// Whether nothing was added.
    var isEmpty: Bool { models.isEmpty }

    /// `{models: {<model>: {overall, by_difficulty, by_branch}}}`.
    var json: JSONObject {
        var byModel: JSONObject = [:]
        for (model, dimensions) in models.sorted(by: { $0.key < $1.key }) {
            var object: JSONObject = ["overall": .object(dimensions["overall"]?[""]?.json ?? [:])]
            for name in ["by_difficulty", "by_branch"] {
                let groups = (dimensions[name] ?? [:]).sorted { $0.key < $1.key }
                object[name] = .object(JSONObject(entries: groups.map { (key: $0.key, value: .object($0.value.json)) }))
            }
            byModel[model] = .object(object)
        }
        return ["models": .object(byModel)]
    }
}

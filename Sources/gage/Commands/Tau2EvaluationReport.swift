import Evaluation
import JSON
import Reports
import Tau

/// What grading one result file again found, for people and for programs.
struct Tau2EvaluationReport {
    /// The file.
    let path: String
    /// The domain; empty where the file could not be read.
    var domain = ""
    /// What the file says.
    var old: Tau2Results?
    /// What grading gave.
    var outcome: Tau2Regrading.Outcome?
    /// The name of the file with the new rewards.
    var outputName: String?
    /// Why the file could not be graded at all.
    var failure: String?

    init(path: String) { self.path = path }

    /// Whether every run has the reward that the file says.
    var isSame: Bool { !hasFailures && !hasChanges }

    /// Whether a run that could be graded has another reward than the file says.
    var hasChanges: Bool { (outcome?.changed ?? 0) > 0 }

    /// Whether something could not be graded.
    var hasFailures: Bool { failure != nil || outcome?.failures.isEmpty == false }

    /// One run before and after.
    private struct Row {
        var run: Tau2SimulationRun
        var new: Double?
        var differences: [String]
        var failure: String?

        var isSame: Bool {
            failure == nil && (run.reward == new || run.termination == Tau2SimulationRun.infrastructureError)
        }
    }

    private var rows: [Row] {
        guard let old, let outcome else { return [] }
        let failures = Dictionary(
            outcome.failures.map { ($0.simulation, $0.reason) }, uniquingKeysWith: { first, _ in first })
        return zip(old.simulations, outcome.results.simulations).map { before, after in
            Row(
                run: before, new: after.reward,
                differences: failures[before.id] == nil && !before.rewardInfo.isNull
                    ? Tau2RewardComparison.differences(from: before.rewardInfo, to: after.rewardInfo) : [],
                failure: failures[before.id])
        }
    }

    /// The report for a program.
    var json: JSONValue {
        guard let old, let outcome else {
            return ["path": .string(path), "domain": .string(domain), "error": JSONValue.string(failure ?? "")]
        }
        var object: JSONObject = [
            "path": .string(path), "domain": .string(domain), "simulations": .array(rows.map(Self.json)),
            "old": Self.json(old.figures), "new": Self.json(outcome.results.figures),
            "changed": JSONValue(outcome.changed), "ungraded": JSONValue(outcome.failures.count),
            "reused_nl_findings": JSONValue(outcome.reusedFindings),
            "tasks_missing_today": .array(outcome.missingTasks.map(JSONValue.string)),
        ]
        if let outputName { object["output"] = .string(outputName) }
        if let failure { object["error"] = .string(failure) }
        return .object(object)
    }

    private static func json(_ row: Row) -> JSONValue {
        var object: JSONObject = [
            "id": .string(row.run.id), "task_id": .string(row.run.taskID),
            "trial": row.run.trial.map { JSONValue($0) } ?? .null,
            "termination_reason": .string(row.run.termination.rawValue),
            "old_reward": row.run.reward.map { JSONValue($0) } ?? .null,
            "new_reward": row.new.map { JSONValue($0) } ?? .null,
            "differences": .array(row.differences.map(JSONValue.string)),
        ]
        if let failure = row.failure { object["error"] = .string(failure) }
        return .object(object)
    }

    private static func json(_ figures: Tau2Figures) -> JSONValue {
        var passHat: JSONObject = [:]
        for (place, value) in figures.passHat.enumerated() { passHat["\(place + 1)"] = JSONValue(value) }
        return [
            "avg_reward": JSONValue(figures.averageReward), "pass_hat": .object(passHat),
            "avg_agent_cost": figures.averageAgentCost.map { JSONValue($0) } ?? .null,
            "total_simulations": JSONValue(figures.simulations), "total_tasks": JSONValue(figures.tasks),
            "infra_error_count": JSONValue(figures.infrastructureErrors),
        ]
    }

    /// The report for a person.
    func lines(on terminal: Terminal, showingAll: Bool) -> [String] {
        var lines = ["", terminal.styled(path, .bold)]
        guard let old, let outcome else { return lines + [terminal.styled(failure ?? "", .red)] }
        let shown = showingAll ? rows : rows.filter { !$0.isSame }
        if !shown.isEmpty { lines += Self.table(of: shown).lines(on: terminal) + [""] }
        lines += figuresTable(old.figures, outcome.results.figures).lines(on: terminal)
        let count = outcome.results.simulations.count
        lines.append(
            "\(domain): \(count) runs graded again, \(outcome.changed) with another reward, "
                + "\(outcome.failures.count) not graded")
        if outcome.reusedFindings > 0 {
            lines.append("\(outcome.reusedFindings) runs keep what a judge found of their natural-language assertions")
        }
        if !outcome.missingTasks.isEmpty {
            lines.append(
                "not in today's data, graded by the file's copy: \(outcome.missingTasks.joined(separator: ", "))")
        }
        if let outputName { lines.append("written: \(outputName)") }
        if let failure { lines.append(terminal.styled(failure, .red)) }
        return lines
    }

    private static func table(of rows: [Row]) -> TextTable {
        var table = TextTable([
            .init("task", canShrink: true), .init("trial", .right), .init("old", .right), .init("new", .right),
            .init("what differs", canShrink: true),
        ])
        for row in rows {
            table.add([
                row.run.taskID, row.run.trial.map { String($0) } ?? "–", number(row.run.reward), number(row.new),
                row.failure ?? row.differences.joined(separator: "; "),
            ])
        }
        return table
    }

    private func figuresTable(_ old: Tau2Figures, _ new: Tau2Figures) -> TextTable {
        var table = TextTable([.init("figure"), .init("in the file", .right), .init("graded again", .right)])
        table.add(["average reward", Self.number(old.averageReward), Self.number(new.averageReward)])
        for k in 0..<max(old.passHat.count, new.passHat.count) {
            table.add([
                "pass^\(k + 1)", Self.number(k < old.passHat.count ? old.passHat[k] : nil),
                Self.number(k < new.passHat.count ? new.passHat[k] : nil),
            ])
        }
        table.add(["average agent cost", Self.number(old.averageAgentCost), Self.number(new.averageAgentCost)])
        return table
    }

    private static func number(_ value: Double?) -> String { value.map { NumberText.fixed($0, digits: 4) } ?? "–" }
}

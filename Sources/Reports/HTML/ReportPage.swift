public import Evaluation
public import JSON
import Mustache

/// Writes `report.html`: one self-contained file without scripts, for a person.
public struct ReportPage: Sendable {
    /// The largest number of episodes whose transcripts the page holds.
    public static let failureLimit = 50

    private let summary: JSONValue
    private let configuration: String
    private let failures: [EpisodeRecord]
    private let failureCount: Int
    /// Tables of summaries.
    var tables: [SummaryTable] = []
    /// Plots of summaries, as SVG by their files' names.
    var plots: [String: [UInt8]] = [:]

    /// Prepares the page from `summary.json`'s value and the episodes that did not succeed, the worst first.
    ///
    /// `failureCount` is how many there are in all; at most ``failureLimit`` of them are shown.
    public init(summary: JSONValue, configuration: String, failures: [EpisodeRecord], failureCount: Int) {
        self.summary = summary
        self.configuration = configuration
        self.failures = Array(failures.prefix(Self.failureLimit))
        self.failureCount = failureCount
    }

    /// The page.
    public func html() throws -> String {
        try MustacheTemplate(string: ReportTemplate.page).render(context)
    }

    private var context: [String: Any] {
        let run = summary["run"] ?? [:]
        let status = run["status"]?.stringValue ?? "unknown"
        var values: [String: Any] = [
            "style": ReportStyle.sheet,
            "title": run["config_name"]?.stringValue ?? "Evaluation",
            "runID": run["run_id"]?.stringValue ?? "",
            "status": status.replacing("_", with: " "),
            "statusClass": status == "completed" ? "good" : "odd",
            "tasks": taskCards, "groups": domainRows, "hasGroups": !domainRows.isEmpty,
            "tables": tableViews, "plots": plotViews, "failures": failures.map(FailureView.context),
            "hasFailures": !failures.isEmpty,
            "failureText": failureText, "facts": facts, "configuration": configuration,
            "version": run["gage_version"]?.stringValue ?? "",
        ]
        if let text = run["description"]?.stringValue, !text.isEmpty { values["description"] = text }
        values.merge(outcomes) { _, new in new }
        return values
    }

    private var tableViews: [[String: Any]] {
        tables.map { ["title": $0.title, "columns": $0.columns, "rows": $0.rows.map { ["cells": $0] }] }
    }

    /// As images, so that the plots' styles stay their own.
    private var plotViews: [[String: Any]] {
        plots.sorted { $0.key < $1.key }.map { ["name": $0.key, "data": Base64.encode($0.value)] }
    }

    private var failureText: String {
        failureCount > failures.count
            ? "The first \(failures.count) of \(NumberText.count(failureCount)) episodes without full marks."
            : "\(NumberText.count(failureCount)) episode\(failureCount == 1 ? "" : "s") without full marks."
    }

    private var taskCards: [[String: Any]] {
        (summary["tasks"]?.arrayValue ?? []).map { task in
            let metrics = (task["metrics"]?.arrayValue ?? []).flatMap { MetricView.cards(for: $0) }
            return ["id": task["task_id"]?.stringValue ?? "", "metrics": metrics]
        }
    }

    private var domainRows: [[String: Any]] {
        (summary["domains"]?.objectValue ?? [:]).flatMap { domain, entry in
            (entry["metrics"]?.arrayValue ?? []).flatMap { metric in
                MetricView.rows(for: metric).map { row in row.merging(["domain": domain]) { old, _ in old } }
            }
        }
    }

    private var outcomes: [String: Any] {
        let counts = summary["outcomes"] ?? [:]
        let planned = counts["planned"]?.intValue ?? 0
        let scored = counts["scored"]?.intValue ?? 0
        let errored = counts["errored"]?.intValue ?? 0
        let unscorable = counts["unscorable"]?.intValue ?? 0
        func share(_ count: Int) -> String {
            planned == 0 ? "0" : NumberText.fixed(100 * Double(count) / Double(planned), digits: 2)
        }
        let causes = (counts["errors_by_cause"]?.objectValue ?? [:]).map { name, count in
            ["name": name, "count": NumberText.count(count.intValue ?? 0)]
        }
        let coverage = planned == 0 ? 0 : Double(scored) / Double(planned)
        return [
            "scoredShare": share(scored), "erroredShare": share(errored), "unscorableShare": share(unscorable),
            "outcomeLabel": "\(scored) scored, \(errored) errored, \(unscorable) unscorable of \(planned) planned",
            "coverageText": "Coverage: \(scored) of \(planned) episodes scored (\(NumberText.percent(coverage))).",
            "causes": causes, "hasCauses": !causes.isEmpty,
        ]
    }

    private var facts: [[String: Any]] {
        let run = summary["run"] ?? [:]
        var rows: [[String: Any]] = []
        func add(_ name: String, _ value: String?) {
            if let value, !value.isEmpty { rows.append(["name": name, "value": value]) }
        }
        add("seed", run["seed"].map { $0.stringValue ?? $0.text() })
        add("plan digest", run["plan_digest"]?.stringValue)
        add("started", run["started_at"]?.stringValue)
        add("wall time", run.at("timings.wall_runtime_s")?.doubleValue.map(NumberText.duration))
        add("input tokens", summary.at("usage.input_tokens")?.intValue.map(NumberText.count))
        add("output tokens", summary.at("usage.output_tokens")?.intValue.map(NumberText.count))
        add("cost", summary.at("cost.total_usd")?.doubleValue.map(NumberText.dollars))
        let unpriced = summary.at("cost.calls_without_price")?.intValue ?? 0
        if unpriced > 0 { add("calls without a price", NumberText.count(unpriced)) }
        for task in summary["tasks"]?.arrayValue ?? [] {
            add("data of \(task["task_id"]?.stringValue ?? "")", task["dataset_metadata"]?.text(.pretty))
        }
        return rows
    }
}

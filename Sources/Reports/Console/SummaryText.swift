public import JSON

/// `summary.json` as tables for a terminal.
public struct SummaryText: Sendable {
    private let summary: JSONValue
    private let terminal: Terminal

    /// Lays out a summary for a terminal.
    public init(summary: JSONValue, terminal: Terminal) {
        self.summary = summary
        self.terminal = terminal
    }

    /// The lines.
    public var lines: [String] {
        var lines = metricTable
        let amended = AmendedText(summary: summary).lines(on: terminal)
        if !amended.isEmpty { lines += (lines.isEmpty ? [] : [""]) + amended }
        let domains = domainTable
        if !domains.isEmpty { lines += (lines.isEmpty ? [] : [""]) + domains }
        let spread = spreadLines
        if !spread.isEmpty { lines += (lines.isEmpty ? [] : [""]) + spread }
        lines += (lines.isEmpty ? [] : [""]) + outcomeLines
        if let path = summary.at("run.run_dir")?.stringValue {
            lines.append("report: \(path)/report.html")
        }
        return lines
    }

    /// By task; no lines where no metric has a value.
    private var metricTable: [String] {
        var table = TextTable([
            .init("task", canShrink: true), .init("metric", canShrink: true), .init("value", .right),
            .init("95 % interval", .right), .init("episodes", .right),
        ])
        for task in summary["tasks"]?.arrayValue ?? [] {
            let id = task["task_id"]?.stringValue ?? ""
            for metric in task["metrics"]?.arrayValue ?? [] {
                for row in MetricView.rows(for: metric) {
                    table.add([id, row.name, row.valueText, row.interval, coverage(metric)])
                }
            }
        }
        return table.isEmpty ? [] : table.lines(on: terminal)
    }

    /// By domain, where a run has more than one.
    private var domainTable: [String] {
        guard let domains = summary["domains"]?.objectValue, domains.count > 1 else { return [] }
        var table = TextTable([
            .init("domain"), .init("metric", canShrink: true), .init("value", .right), .init("95 % interval", .right),
            .init("episodes", .right),
        ])
        for (domain, entry) in domains {
            for metric in entry["metrics"]?.arrayValue ?? [] {
                for row in MetricView.rows(for: metric) {
                    table.add([domain, row.name, row.valueText, row.interval, row.countText])
                }
            }
        }
        return table.lines(on: terminal)
    }

    /// How turns, tokens and times are spread, as little histograms; only for a person at a terminal.
    private var spreadLines: [String] {
        guard terminal.isInteractive else { return [] }
        let timings = summary.at("run.timings")
        let rows: [(String, JSONValue?, (Double) -> String)] = [
            ("turns", summary.at("distributions.turns"), NumberText.short),
            ("tool calls", summary.at("distributions.tool_calls"), NumberText.short),
            ("output tokens", summary.at("distributions.output_tokens"), NumberText.compact),
            ("episode", timings?["episode_s"], NumberText.duration),
        ]
        let lines = rows.compactMap { name, distribution, label -> String? in
            guard let line = Sparkline(distribution, label: label)?.line else { return nil }
            let head = name + String(repeating: " ", count: max(1, 15 - name.count))
            return head + line
        }
        return lines.flatMap { TextWrap.lines($0, width: terminal.width) }
    }

    /// How many episodes the number is over: fewer than are scored where a metric does not apply or a cost is unknown.
    private func coverage(_ metric: JSONValue) -> String {
        let count = metric["count"]?.intValue ?? 0
        let planned = metric.at("coverage.planned")?.intValue
        return "\(count)/\(planned.map(String.init) ?? "?")"
    }

    /// The most kinds of error that a terminal shows; all are in `summary.json`.
    private static let shownErrors = 3

    /// What the first error of each of the most frequent kinds says, so that nobody has to look for it in files.
    private func errorLines(_ counts: JSONValue) -> [String] {
        // What ended the run is said with its status.
        let reason = summary.at("run.status_reason")?.stringValue ?? ""
        let errors = (counts["first_errors"]?.arrayValue ?? []).filter { error in
            error["message"]?.stringValue.map { !reason.hasSuffix($0) } ?? false
        }
        return errors.prefix(Self.shownErrors).flatMap { error -> [String] in
            let place = [error["task_id"], error["sample_id"], error["step"]].compactMap { $0?.stringValue }
            let said = Self.oneLine(error["message"]?.stringValue ?? "")
            let first = "  \(error["count"]?.text() ?? "") \(error["code"]?.stringValue ?? ""): \(said)"
            let advice = error["advice"]?.stringValue.map { "    \(Self.oneLine($0))" }
            return [first, "    at \(Self.oneLine(place.joined(separator: ", ")))"] + (advice.map { [$0] } ?? [])
        }
    }

    /// A text of anyone's on one line, without what a terminal would take for commands, and not too long.
    private static func oneLine(_ text: String) -> String {
        let shown = VisibleText.oneLine(TranscriptContent.cut(text, to: 4 * messageLimit).kept)
        return shown.count > messageLimit ? String(shown.prefix(messageLimit)) + "…" : shown
    }

    /// The most characters of an error's text that a terminal shows.
    private static let messageLimit = 400

    private var outcomeLines: [String] {
        let counts = summary["outcomes"] ?? [:]
        var text = "\(counts["scored"]?.intValue ?? 0) scored"
        let errored = counts["errored"]?.intValue ?? 0
        if errored > 0 {
            let causes = (counts["errors_by_cause"]?.objectValue ?? [:]).map { "\($0.value.text()) \($0.key)" }
            text += ", " + terminal.styled("\(errored) errored (\(causes.joined(separator: ", ")))", .red)
        }
        if let unscorable = counts["unscorable"]?.intValue, unscorable > 0 { text += ", \(unscorable) unscorable" }
        if let planned = counts["planned"]?.intValue { text += " of \(planned) planned" }
        var lines = [text] + errorLines(counts)
        for dropped in counts["dropped_records"]?.arrayValue ?? [] {
            lines.append("\(dropped["count"]?.text() ?? "") records left out: \(dropped["reason"]?.stringValue ?? "")")
        }
        if let status = summary.at("run.status")?.stringValue, status != "completed" {
            let reason = summary.at("run.status_reason")?.stringValue.map { ": \($0)" } ?? ""
            lines.append(terminal.styled("the run is \(status)\(reason)", .yellow))
        }
        return lines
    }
}

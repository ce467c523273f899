import JSON

extension ReportPage {
    /// The headline of every task, and all metrics below.
    var scores: Section {
        let tasks = summary["tasks"]?.arrayValue ?? []
        var body: HTML = coverage
        let rows = tasks.flatMap { task in metricRows(of: task) }
        if rows.isEmpty {
            body += Self.empty(emptyReason)
        } else {
            let headlines = tasks.compactMap(headline)
            if headlines.count <= 6 { body += "<div class=\"headlines count-\(headlines.count)\">\(headlines)</div>" }
            if rows.count > headlines.count || headlines.count > 6 { body += metricTable(rows, taskCount: tasks.count) }
        }
        return Section(id: "scores", title: "Scores", link: "Scores", body: body)
    }

    private var emptyReason: String {
        let errored = summary.at("outcomes.errored")?.intValue ?? 0
        let scored = summary.at("outcomes.scored")?.intValue ?? 0
        if scored > 0 { return "The configuration names no metric, so there is nothing to average." }
        if errored > 0 {
            let planned = summary.at("outcomes.planned")?.intValue
            let failed = planned == errored ? "every one" : NumberText.count(errored)
            return "No episode was scored: \(failed) failed for a reason that is not the agent's."
        }
        return "No episode was scored."
    }

    private var coverage: HTML {
        let counts = summary["outcomes"] ?? [:]
        let scored = counts["scored"]?.intValue ?? 0
        guard let planned = counts["planned"]?.intValue else {
            guard scored > 0 else { return "" }
            return
                "<p class=\"faint\">\(NumberText.count(scored)) episodes scored; how many are planned is not known.</p>"
        }
        guard planned > 0 else { return "<p class=\"faint\">No episode is planned.</p>" }
        let share = NumberText.percent(Double(scored) / Double(planned))
        return """
            <p class="faint">Coverage: \(NumberText.count(scored)) of \(NumberText.count(planned)) planned \
            \(planned == 1 ? "episode" : "episodes") scored (\(share)).</p>
            """
    }

    /// A task's first number, large.
    private func headline(_ task: JSONValue) -> HTML? {
        guard let metric = task["metrics"]?.arrayValue?.first, let row = MetricView.rows(for: metric).first else {
            return nil
        }
        let planned = row.planned.map { " of \(NumberText.count($0))" } ?? ""
        let interval: HTML? =
            row.interval.isEmpty ? nil : "<p class=\"interval-text\">95 % interval \(row.interval)</p>"
        return """
            <div class="headline"><h3>\(Self.name(task["task_id"]?.stringValue ?? ""))</h3><p class="value">\(row.valueText)</p>\
            <p class="name">\(Self.name(row.name))</p>\(row.plot)\(interval)\
            <p class="faint">\(row.countText)\(planned) episodes</p></div>
            """
    }

    private struct TaskRow {
        var task: String
        var row: MetricView.Row
    }

    private func metricRows(of task: JSONValue) -> [TaskRow] {
        let id = task["task_id"]?.stringValue ?? ""
        return (task["metrics"]?.arrayValue ?? []).flatMap { metric in
            MetricView.rows(for: metric).map { TaskRow(task: id, row: $0) }
        }
    }

    private func metricTable(_ rows: [TaskRow], taskCount: Int) -> HTML {
        var columns: [Column] = [
            .text("metric"), .number("value"), .number("95 % interval"), .drawing, .number("episodes"),
        ]
        if taskCount > 1 { columns.insert(.text("task"), at: 0) }
        let cells = rows.prefix(Self.rowLimit).enumerated().map { place, entry -> [HTML] in
            let row = entry.row
            var cells: [HTML] = [
                Self.name(row.name), Self.cell(row.valueText), Self.cell(row.interval), row.plot ?? "",
                Self.episodes(of: row),
            ]
            if taskCount > 1 {
                let isSame = place > 0 && rows[place - 1].task == entry.task
                cells.insert(
                    isSame ? "<span class=\"again\">\(Self.name(entry.task))</span>" : Self.name(entry.task), at: 0)
            }
            return cells
        }
        return "\(Self.table("All metrics", columns, Array(cells)))\(Self.more(than: Self.rowLimit, of: rows.count))"
    }

    /// How many episodes a figure counts, of how many planned.
    private static func episodes(of row: MetricView.Row) -> HTML {
        let planned = row.planned.map { "/\(NumberText.count($0))" } ?? ""
        return "\(row.countText)\(planned)"
    }

    /// What the metrics are with people's corrections, beside what they were.
    var amended: Section? {
        guard let section = summary["amended"], let count = section["count"]?.intValue, count > 0 else { return nil }
        let people = (section["by"]?.arrayValue ?? []).compactMap(\.stringValue).joined(separator: ", ")
        let original = (summary["metrics"]?.arrayValue ?? []).flatMap { metric in
            MetricView.rows(for: metric).map { (metric["task_id"]?.stringValue ?? "", $0) }
        }
        let rows = (section["metrics"]?.arrayValue ?? []).flatMap { metric in
            let task = metric["task_id"]?.stringValue ?? ""
            return MetricView.rows(for: metric).map { row -> [HTML] in
                let before = original.first { $0.0 == task && $0.1.name == row.name }?.1.valueText ?? ""
                return [
                    Self.cell(row.name), Self.cell(task), Self.cell(before), "\(row.valueText)",
                    Self.cell(row.interval), Self.episodes(of: row),
                ]
            }
        }
        let columns: [Column] = [
            .text("metric"), .text("task"), .number("original"), .number("amended"), .number("95 % interval"),
            .number("episodes"),
        ]
        let body: HTML = """
            <p>\(NumberText.count(count)) \(count == 1 ? "verdict was" : "verdicts were") corrected\
            \(people.isEmpty ? "" : " by \(people)"). The scores above are the original ones.</p>\
            \(Self.table("Amended metrics", columns, rows))
            """
        return Section(id: "amended", title: "With corrections", link: "Corrections", body: body)
    }
}

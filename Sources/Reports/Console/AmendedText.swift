import JSON

/// What people's corrections change, as lines for a terminal; none where nobody corrected anything.
struct AmendedText {
    let summary: JSONValue

    func lines(on terminal: Terminal) -> [String] {
        guard let section = summary["amended"], let count = section["count"]?.intValue, count > 0 else { return [] }
        let people = (section["by"]?.arrayValue ?? []).compactMap(\.stringValue).joined(separator: ", ")
        var table = TextTable([
            .init("task", canShrink: true), .init("metric", canShrink: true), .init("original", .right),
            .init("amended", .right),
        ])
        let originals = rows(summary["metrics"])
        for row in rows(section["metrics"]) {
            let before = originals.first { $0.task == row.task && $0.name == row.name }?.value ?? "–"
            if before != row.value { table.add([row.task, row.name, before, row.value]) }
        }
        let title = "\(count) verdict\(count == 1 ? "" : "s") corrected by \(VisibleText.oneLine(people))"
        return TextWrap.lines(title, width: terminal.width) + (table.isEmpty ? [] : table.lines(on: terminal))
    }

    private func rows(_ metrics: JSONValue?) -> [(task: String, name: String, value: String)] {
        (metrics?.arrayValue ?? []).flatMap { metric in
            MetricView.rows(for: metric).map { (metric["task_id"]?.stringValue ?? "", $0.name, $0.valueText) }
        }
    }
}

import Evaluation
import JSON

extension ReportPage {
    /// Scores by domain, difficulty, repository: whatever groups the summary has.
    var groups: Section? {
        var parts: [HTML] = []
        if let domains = summary["domains"]?.objectValue, domains.count > 1 {
            parts.append(Self.groupTable("domain", domains))
        }
        for (name, groups) in summary["groups"]?.objectValue ?? [:] {
            guard let groups = groups.objectValue, groups.count > 1 else { continue }
            parts.append(Self.groupTable(name, groups))
        }
        return parts.isEmpty ? nil : Section(id: "groups", title: "By group", link: "Groups", body: "\(parts)")
    }

    /// How many metrics of a group stand in a table: the first ones, which are what a benchmark is about.
    private static let metricLimit = 3

    private static func groupTable(_ kind: String, _ groups: JSONObject) -> HTML {
        let rows = groups.flatMap { group, entry -> [[HTML]] in
            let metrics = (entry["metrics"]?.arrayValue ?? []).flatMap { MetricView.rows(for: $0) }
            return metrics.prefix(metricLimit).enumerated().map { place, row in
                [
                    place == 0 ? name(group) : "<span class=\"again\">\(name(group))</span>", name(row.name),
                    cell(row.valueText), cell(row.interval), row.plot ?? "", cell(row.countText),
                ]
            }
        }
        let columns: [Column] = [
            .text(kind), .text("metric"), .number("value"), .number("95 % interval"), .drawing, .number("episodes"),
        ]
        return """
            <h3>By \(kind)</h3>\(table("Scores by \(kind)", columns, Array(rows.prefix(rowLimit))))\
            \(more(than: rowLimit, of: rows.count))
            """
    }

    /// What benchmarks say in tables and drawings of their own.
    var details: Section? {
        let tables = content.tables.prefix(40).map { table -> HTML in
            let rows = table.rows.prefix(Self.rowLimit).map { $0.map(Self.cell) }
            // A column of which every cell is a number keeps to the right.
            let columns = table.columns.enumerated().map { place, name in
                let cells = table.rows.compactMap { place < $0.count ? $0[place] : nil }
                return Column(title: name, isNumber: place > 0 && !cells.isEmpty && cells.allSatisfy(Self.isNumber))
            }
            return """
                <h3>\(table.title)</h3>\(Self.table(table.title, columns, Array(rows)))\
                \(Self.more(than: Self.rowLimit, of: table.rows.count))
                """
        }
        var used = 0
        let plots = content.plots.sorted { $0.key < $1.key }.compactMap { name, bytes -> HTML? in
            used += bytes.count
            guard used < 400_000 else { return nil }
            let title = String(name.split(separator: "/").last ?? "plot").replacing(".svg", with: "")
                .replacing("_", with: " ")
            return """
                <figure class="picture"><img src="data:image/svg+xml;base64,\(Base64.encode(bytes))" alt="\(title)">\
                <figcaption>\(title)</figcaption></figure>
                """
        }
        guard !tables.isEmpty || !plots.isEmpty else { return nil }
        return Section(
            id: "benchmark", title: "In the benchmark's terms", link: "Benchmark", body: "\(Array(tables))\(plots)")
    }

    private static func isNumber(_ text: String) -> Bool {
        guard let first = text.utf8.first else { return true }
        return text == "–" || text == "-"
            || ((48...57).contains(first) || first == UInt8(ascii: "-") || first == UInt8(ascii: "$"))
                && text.utf8.contains { (48...57).contains($0) } && text.utf8.count < 24
                && !text.utf8.contains { $0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z") }
    }
}

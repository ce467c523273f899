import JSON

extension ReportPage {
    /// How episodes ended, and what went wrong around them.
    var outcomes: Section {
        let counts = summary["outcomes"] ?? [:]
        let parts = Self.parts(of: counts)
        var body: HTML = "\(Self.bar(parts))\(legend(parts))"
        let retries = counts["retries"]?.intValue ?? 0
        if retries > 0 {
            body += "<p class=\"faint\">\(NumberText.count(retries)) attempts failed and were made again.</p>"
        }
        if let errors = errorTable(counts) { body += errors }
        let dropped = (counts["dropped_records"]?.arrayValue ?? []).prefix(20).map { entry -> HTML in
            let count = entry["count"]?.intValue ?? 0
            return "<li>\(NumberText.count(count)) records left out: \(entry["reason"]?.stringValue ?? "")</li>"
        }
        if !dropped.isEmpty { body += "<ul class=\"faint\">\(Array(dropped))</ul>" }
        return Section(id: "outcomes", title: "Outcomes", link: "Outcomes", body: body)
    }

    private struct Part {
        var name: String
        var kind: String
        var count: Int
    }

    private static func parts(of counts: JSONValue) -> [Part] {
        func count(_ key: String) -> Int { counts[key]?.intValue ?? 0 }
        let done = count("scored") + count("errored") + count("unscorable")
        var parts = [
            Part(name: "scored", kind: "good", count: count("scored")),
            Part(name: "errored", kind: "bad", count: count("errored")),
            Part(name: "unscorable", kind: "odd", count: count("unscorable")),
        ]
        let open = (counts["planned"]?.intValue ?? done) - done
        if open > 0 { parts.append(Part(name: "not attempted", kind: "open", count: open)) }
        return parts
    }

    private static func bar(_ parts: [Part]) -> HTML {
        let total = Double(max(1, parts.reduce(0) { $0 + $1.count }))
        var start = 0.0
        let shapes = parts.map { part -> HTML in
            let width = 1_000 * Double(part.count) / total
            defer { start += width }
            guard part.count > 0 else { return "" }
            return """
                <rect class="\(part.kind)" x="\(PlotArea.at(start))" y="0" width="\(PlotArea.at(max(width, 1.5)))" height="12"/>
                """
        }
        let words = parts.filter { $0.count > 0 }.map { "\(NumberText.count($0.count)) \($0.name)" }
        let label = words.isEmpty ? "no episodes" : words.joined(separator: ", ")
        return """
            <svg class="outcome-bar" viewBox="0 0 1000 12" preserveAspectRatio="none" role="img" aria-label="\(label)">\
            <rect class="ground" x="0" y="0" width="1000" height="12"/>\(shapes)</svg>
            """
    }

    private func legend(_ parts: [Part]) -> HTML {
        let total = max(1, parts.reduce(0) { $0 + $1.count })
        let items = parts.filter { $0.count > 0 || $0.kind != "odd" }.map { part -> HTML in
            """
            <li><i class="swatch \(part.kind)"></i>\(part.name) <b>\(NumberText.count(part.count))</b> \
            <span class="faint">\(NumberText.percent(Double(part.count) / Double(total)))</span></li>
            """
        }
        return "<ul class=\"legend\">\(items)</ul>"
    }

    private func errorTable(_ counts: JSONValue) -> HTML? {
        let causes = (counts["errors_by_cause"]?.objectValue ?? [:]).map { name, count in
            "\(NumberText.count(count.intValue ?? 0)) \(name)"
        }
        guard !causes.isEmpty else { return nil }
        let rows = (counts["first_errors"]?.arrayValue ?? []).map { error -> [HTML] in
            let place = ["task_id", "sample_id", "step"].compactMap { error[$0]?.stringValue }.joined(separator: ", ")
            let advice: HTML? = error["advice"]?.stringValue.map { "<div class=\"faint\">\($0)</div>" }
            let message = TranscriptContent.cut(error["message"]?.stringValue ?? "", to: 600).kept
            return [
                "<code>\(error["code"]?.stringValue ?? "")</code>", "\(error["cause"]?.stringValue ?? "")",
                "\(NumberText.count(error["count"]?.intValue ?? 0))",
                "\(message)\(advice)<div class=\"faint\">first at \(place)</div>",
            ]
        }
        let columns: [Column] = [.text("error"), .text("cause"), .number("episodes"), .text("what the first one says")]
        return """
            <h3>Errors by cause</h3><p>\(causes.joined(separator: ", ")). An error is never counted as a zero.</p>\
            \(Self.table("Errors", columns, rows))
            """
    }
}

import Evaluation
import Statistics
import Storage

extension ComparisonPage {
    /// One pair of runs.
    func section(_ comparison: RunComparison, number: Int) -> HTML {
        let warnings = comparison.warnings.map(warning)
        let rows = comparison.measures.map { row(of: $0, on: Self.scale(comparison)) }
        let level = "\(NumberText.level(report.settings.confidence)) interval"
        let columns: [ReportPage.Column] = [
            .text(report.settings.grouping.rawValue), .text("metric"), .number("before"), .number("after"),
            .number("change"), .text(level), .number("p"), .number("pairs"), .text("found"),
        ]
        let table =
            rows.isEmpty
            ? ReportPage.empty("No metric has values in both runs.")
            : ReportPage.table("Metrics of both runs", columns, rows)
        return """
            <section id="pair-\(number)"><h2>\(comparison.first.name) → \(comparison.second.name)</h2>\(warnings)\(table)\
            \(coverage(comparison))\(resources(comparison))\(flips(comparison))</section>

            """
    }

    private func warning(_ warning: ComparisonWarning) -> HTML {
        let details = warning.details.map { "<li><code>\($0)</code></li>" as HTML }
        let list: HTML? =
            details.isEmpty ? nil : "<details class=\"fold\"><summary>which</summary><ul>\(details)</ul></details>"
        return "<div class=\"note\">\(warning.text)\(list)</div>"
    }

    // MARK: - Figures

    /// The largest end of an interval that is a change of a share: all rows are drawn on one scale.
    private static func scale(_ comparison: RunComparison) -> Double {
        let ends = comparison.measures.filter(isDrawn).flatMap { row -> [Double] in
            [row.interval?.lower ?? 0, row.interval?.upper ?? 0, row.pairs.difference].map(\.magnitude)
        }
        return max(0.05, ends.max() ?? 0)
    }

    private static func isDrawn(_ row: MeasureComparison) -> Bool {
        row.pairs.firstMean.magnitude <= 1 && row.pairs.secondMean.magnitude <= 1
    }

    private func row(of row: MeasureComparison, on scale: Double) -> [HTML] {
        let ends = row.interval.map { "\(ComparisonText.signed($0.lower)) … \(ComparisonText.signed($0.upper))" } ?? "–"
        let plot = Self.isDrawn(row) ? changePlot(row, scale) : nil
        return [
            "\(row.scope)", "\(row.measure.title)", "\(NumberText.fixed(row.pairs.firstMean))",
            "\(NumberText.fixed(row.pairs.secondMean))", "\(ComparisonText.signed(row.pairs.difference))",
            "\(ends)\(plot)", "\(ComparisonText.probability(row.adjusted))", "\(row.pairs.count)", found(row),
        ]
    }

    private func found(_ row: MeasureComparison) -> HTML {
        let detectable = row.detectable.map { "detects ±\(NumberText.fixed($0))" } ?? ""
        let test = ComparisonWords.test(row)
        let badge: HTML =
            switch row.finding {
            case .higher: "<span class=\"badge good\">higher</span>"
            case .lower: "<span class=\"badge bad\">lower</span>"
            case .equivalent: "<span class=\"badge plain\">equivalent</span>"
            case .undecided: "<span class=\"badge plain\">no difference shown</span>"
            }
        return "\(badge)<br><span class=\"faint\">\(test)</span><br><span class=\"faint\">\(detectable)</span>"
    }

    /// A change and its interval on a line with zero in the middle; the numbers stand beside it.
    private func changePlot(_ row: MeasureComparison, _ scale: Double) -> HTML {
        func x(_ value: Double) -> String { PlotArea.at(100 + value / scale * 92) }
        let interval = row.interval.map {
            "<line class=\"interval\" x1=\"\(x($0.lower))\" x2=\"\(x($0.upper))\" y1=\"10\" y2=\"10\"/>" as HTML
        }
        return """
            <svg class="change-plot" viewBox="0 0 200 20" aria-hidden="true" focusable="false">\
            <line class="axis" x1="8" x2="192" y1="10" y2="10"/><line class="zero" x1="100" x2="100" y1="3" y2="17"/>\
            \(interval)<circle class="dot" cx="\(x(row.pairs.difference))" cy="10" r="4.5"/></svg>
            """
    }

    private func coverage(_ comparison: RunComparison) -> HTML {
        let rows = comparison.coverage.map { task -> [HTML] in
            [
                "\(task.task)", "\(task.both)", "\(task.firstOnly)", "\(task.secondOnly)", "\(task.neither)",
            ]
        }
        let columns: [ReportPage.Column] = [
            .text("task"), .number("in both"), .number("only before"), .number("only after"), .number("in neither"),
        ]
        return "<h3>Scored episodes</h3>\(ReportPage.table("Scored episodes", columns, rows))"
    }

    private func resources(_ comparison: RunComparison) -> HTML {
        guard !comparison.resources.isEmpty else { return "" }
        let rows = comparison.resources.map { row -> [HTML] in
            func text(_ value: Double) -> String { row.resource.text(value) }
            func signed(_ value: Double) -> String { (value > 0 ? "+" : "") + text(value) }
            let tails = row.tails.map { ", 95th percentile \(text($0.first)) → \(text($0.second))" } ?? ""
            return [
                "\(row.resource.title)", "\(text(row.pairs.firstMean))", "\(text(row.pairs.secondMean))",
                "\(signed(row.pairs.difference))",
                "\(row.interval.map { "\(signed($0.lower)) … \(signed($0.upper))" } ?? "–")\(tails)",
                "\(row.pairs.count)",
            ]
        }
        let columns: [ReportPage.Column] = [
            .text("per episode"), .number("before"), .number("after"), .number("change"),
            .text("\(NumberText.level(report.settings.confidence)) interval"), .number("pairs"),
        ]
        return "<h3>Cost, tokens, time</h3>\(ReportPage.table("Cost, tokens, time", columns, rows))"
    }

    // MARK: - Changed episodes

    private func flips(_ comparison: RunComparison) -> HTML {
        let parts = ComparisonWords.headlines(of: comparison).map { row -> HTML in
            let title = "\(row.scope) \(row.measure.title)"
            guard !row.gained.isEmpty || !row.lost.isEmpty else { return "<p>\(title): no episode changed.</p>" }
            return """
                <h4>\(title)</h4><div class="flips">\(list(row.lost, "lost", "down"))\(list(row.gained, "gained", "up"))</div>
                """
        }
        guard !parts.isEmpty else { return "" }
        return """
            <h3>Episodes that changed</h3>\(parts)<p class="faint">Read one with \
            <code>gage show \(comparison.second.path) EPISODE</code>.</p>
            """
    }

    private func list(_ ids: [EpisodeID], _ word: String, _ style: String) -> HTML {
        let items = ids.prefix(Self.flipLimit).map { "<li><code>\($0.description)</code></li>" as HTML }
        let rest: HTML? =
            ids.count > Self.flipLimit
            ? "<p class=\"faint\">\(ids.count - Self.flipLimit) more are in the JSON.</p>" : nil
        return "<div><p class=\"\(style)\">\(ids.count) \(word)</p><ol>\(items)</ol>\(rest)</div>"
    }
}

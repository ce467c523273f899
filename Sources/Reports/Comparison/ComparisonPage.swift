import Evaluation
import JSON
import Statistics
import Storage

/// A comparison of runs as one self-contained page without scripts, in the look of `report.html`.
public struct ComparisonPage: Sendable {
    let report: ComparisonReport
    /// The most changed episodes of one metric that the page lists in each direction; all are in the JSON.
    static let flipLimit = 500

    /// Prepares the page of a comparison.
    public init(_ report: ComparisonReport) { self.report = report }

    /// The page.
    public func html() -> String {
        let title = report.runs.map(\.name).joined(separator: ", ")
        let content: HTML = """
            <header><p class="kicker">Comparison</p><h1>\(heading)</h1>
            <p class="lead">\(pairingText)</p></header>
            <main id="main">
            \(body)
            </main>
            <footer>\(methodText)</footer>
            """
        return StandalonePage(
            title: "\(title) · compared by gage", sheets: [ReportStyle.sheet, Self.sheet], body: content
        ).html
    }

    /// What stands between header and footer, for pages that have a frame of their own.
    public var body: HTML {
        let matrix: HTML? = report.runs.count > 2 ? self.matrix : nil
        let comparisons = report.comparisons.enumerated().map { section($1, number: $0) }
        return "\(runs)\(matrix)\(comparisons)"
    }

    /// What the page adds to the report's look.
    public static let sheet = """
        .change-plot { width: 11rem; min-width: 8rem; display: block; margin-top: .0625rem; }
        .change-plot .zero { stroke: var(--ink); stroke-width: 1; stroke-opacity: .5; }
        .change-plot .axis { stroke: var(--line-strong); stroke-width: 1; }
        .flips { display: grid; gap: 0 2rem; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); }
        .flips ol { margin: .25rem 0 1rem; padding-left: 1.5rem; font-size: .875rem; }
        .flips li { overflow-wrap: anywhere; }
        .up { color: var(--good); } .down { color: var(--bad); }
        """

    private var heading: String {
        let names = report.runs.map(\.name)
        return names.count == 2 ? "\(names[0]) → \(names[1])" : "\(names.count) runs"
    }

    private var pairingText: String {
        "Paired by task, sample and trial. A change is the later run minus the earlier, on the episodes that are scored in both."
    }

    private var methodText: String {
        let tests = report.testCount
        return
            "p values are corrected for \(tests) test\(tests == 1 ? "" : "s") by Holm's method. Trials of one sample count as "
            + "one cluster. Intervals are at \(NumberText.level(report.settings.confidence)): Tango's score interval where "
            + "values are 0 or 1 and every sample's trials agree, else Student's t with clustered standard errors."
    }

    // MARK: - Runs

    private var runs: HTML {
        let rows = report.runs.enumerated().map { place, run -> [HTML] in
            [
                "\(run.name)", "\(ComparisonText.letter(place))", "\(run.metadata.status.rawValue)",
                "\(NumberText.count(run.scoredCount)) of \(run.plannedEpisodes.map { NumberText.count($0) } ?? "?")",
                "\(run.costText)", "\(String(run.metadata.seed))", "\(run.metadata.gageVersion)",
                "<span class=\"mono\">\(run.path)</span>",
            ]
        }
        let columns: [ReportPage.Column] = [
            .text("run"), .text(""), .text("status"), .number("scored"), .number("cost"), .number("seed"),
            .text("gage"), .text("directory"),
        ]
        return "<section id=\"runs\"><h2>Runs</h2>\(ReportPage.table("Runs", columns, rows))</section>"
    }

    private var matrix: HTML {
        var columns: [ReportPage.Column] = [.text(report.settings.grouping.rawValue), .text("metric")]
        columns += report.runs.map { .number($0.name) }
        let rows = report.matrix.map { row -> [HTML] in
            let cells = row.cells.enumerated().map { place, cell -> HTML in
                guard let cell else { return "–" }
                let mark = ComparisonWords.mark(report, row, place)
                let style = mark == "▲" ? "up" : "down"
                let sign: HTML? = mark.map { "<span class=\"\(style)\">\($0)</span>" }
                let interval = cell.interval(level: report.settings.confidence).map {
                    "<br><span class=\"faint\">\(NumberText.fixed($0.lower)) … \(NumberText.fixed($0.upper))</span>"
                        as HTML
                }
                return "\(NumberText.fixed(cell.mean))\(sign)\(interval)"
            }
            return ["\(row.scope)", "\(row.measure.title)"] + cells
        }
        return """
            <section id="matrix"><h2>All runs</h2><p class="faint">Means over each run's own episodes. ▲ and ▼ mark those \
            that differ from \(report.runs.first?.name ?? "") on the episodes that both have.</p>\
            \(ReportPage.table("All runs", columns, rows))</section>
            """
    }
}

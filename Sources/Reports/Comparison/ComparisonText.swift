import Evaluation
import JSON
import Statistics
import Storage

/// A comparison of runs as lines for a terminal, none wider than it.
public struct ComparisonText: Sendable {
    private let report: ComparisonReport
    private let terminal: Terminal
    private let flipLimit: Int

    /// Lays out a comparison; at most `flipLimit` changed episodes are listed in each direction.
    public init(_ report: ComparisonReport, terminal: Terminal, flipLimit: Int = 20) {
        self.report = report
        self.terminal = terminal
        self.flipLimit = flipLimit
    }

    /// The lines.
    public var lines: [String] {
        var lines = runLines
        if report.runs.count > 2 { lines += [""] + matrixLines }
        for comparison in report.comparisons { lines += [""] + self.lines(of: comparison) }
        return lines + [""] + methodLines
    }

    private var runLines: [String] {
        report.runs.flatMap { run -> [String] in
            var text = "\(run.name): \(run.scoredCount) of \(run.plannedEpisodes.map(String.init) ?? "?") scored"
            if run.knownCost > 0 { text += ", \(run.costText)" }
            if let amended = run.amendedEpisodes { text += ", \(amended) corrected by people" }
            return wrapped(text, .bold) + wrapped("  \(run.path)", .dim)
        }
    }

    private func lines(of comparison: RunComparison) -> [String] {
        var lines = wrapped("\(comparison.first.name) → \(comparison.second.name)", .bold)
        for warning in comparison.warnings {
            lines += wrapped("! \(warning.text)", warning.kind.isNote ? .dim : .yellow)
            for detail in warning.details.prefix(Self.detailLimit) { lines += wrapped("    \(detail)", .dim) }
            let rest = warning.details.count - Self.detailLimit
            if rest > 0 { lines.append("    and \(rest) more: --json") }
        }
        lines += measureLines(comparison) + coverageLines(comparison) + resourceLines(comparison)
        return lines + flipLines(comparison)
    }

    /// The most details of a warning that a terminal shows.
    private static let detailLimit = 5
    /// Below this a row of figures does not fit beside its names.
    private static let tableWidth = 80

    // MARK: - Figures

    private func measureLines(_ comparison: RunComparison) -> [String] {
        guard !comparison.measures.isEmpty else { return [] }
        guard terminal.width >= Self.tableWidth else { return comparison.measures.flatMap(stacked) }
        var table = TextTable([
            .init(report.settings.grouping.rawValue, canShrink: true), .init("metric", canShrink: true),
            .init("before", .right), .init("after", .right), .init("change", .right),
            .init("\(NumberText.level(report.settings.confidence)) interval", .right), .init("p", .right),
            .init("pairs", .right),
        ])
        for row in comparison.measures {
            table.add([
                row.scope, row.measure.title, NumberText.fixed(row.pairs.firstMean),
                NumberText.fixed(row.pairs.secondMean), Self.signed(row.pairs.difference), interval(row),
                Self.probability(row.adjusted), "\(row.pairs.count)",
            ])
        }
        return [""] + table.lines(on: terminal) + comparison.measures.flatMap { wrapped(finding($0), style($0)) }
    }

    private func stacked(_ row: MeasureComparison) -> [String] {
        let values = "\(NumberText.fixed(row.pairs.firstMean)) → \(NumberText.fixed(row.pairs.secondMean))"
        return [""] + wrapped("\(row.scope) \(row.measure.title)", .bold)
            + wrapped("  \(values), \(Self.signed(row.pairs.difference)) (\(interval(row)))", nil)
            + wrapped("  p \(Self.probability(row.adjusted)), \(row.pairs.count) pairs", nil)
            + wrapped("  \(finding(row))", style(row))
    }

    private func interval(_ row: MeasureComparison) -> String {
        row.interval.map { "\(Self.signed($0.lower)) … \(Self.signed($0.upper))" } ?? "–"
    }

    private func style(_ row: MeasureComparison) -> Terminal.Style? {
        switch row.finding {
        case .higher: .green
        case .lower: .red
        case .equivalent, .undecided: .dim
        }
    }

    /// What the figures allow to say, in a sentence.
    private func finding(_ row: MeasureComparison) -> String { ComparisonWords.finding(row, report.settings) }

    private func coverageLines(_ comparison: RunComparison) -> [String] {
        let total = TaskCoverage.total(comparison.coverage)
        let text =
            "scored in both: \(total.both), only in \(comparison.first.name): \(total.firstOnly), "
            + "only in \(comparison.second.name): \(total.secondOnly), in neither: \(total.neither)"
        return [""] + wrapped(text, nil)
    }

    private func resourceLines(_ comparison: RunComparison) -> [String] {
        let rows = comparison.resources.filter { $0.pairs.firstMean != 0 || $0.pairs.secondMean != 0 }
        guard !rows.isEmpty else { return [] }
        guard terminal.width >= Self.resourceWidth else { return [""] + rows.flatMap(stacked) }
        var table = TextTable([
            .init("per episode", canShrink: true), .init("before", .right), .init("after", .right),
            .init("change", .right),
            .init("\(NumberText.level(report.settings.confidence)) interval", .right),
        ])
        for row in rows {
            func text(_ value: Double) -> String { row.resource.text(value) }
            func signed(_ value: Double) -> String { (value > 0 ? "+" : "") + text(value) }
            table.add([
                row.resource.title, text(row.pairs.firstMean), text(row.pairs.secondMean),
                signed(row.pairs.difference),
                row.interval.map { "\(signed($0.lower)) … \(signed($0.upper))" } ?? "–",
            ])
        }
        return [""] + table.lines(on: terminal)
    }

    private static let resourceWidth = 64

    private func stacked(_ row: ResourceComparison) -> [String] {
        let values = "\(row.resource.text(row.pairs.firstMean)) → \(row.resource.text(row.pairs.secondMean))"
        return wrapped("\(row.resource.title) per episode: \(values)", nil)
    }

    // MARK: - Changed episodes

    private func flipLines(_ comparison: RunComparison) -> [String] {
        ComparisonWords.headlines(of: comparison).flatMap { row -> [String] in
            let name = "\(row.scope) \(row.measure.title)"
            guard !row.gained.isEmpty || !row.lost.isEmpty else {
                return [""] + wrapped("\(name): no episode changed", nil)
            }
            var lines = [""] + wrapped("\(name): \(row.gained.count) gained, \(row.lost.count) lost", .bold)
            lines += list(row.lost, "lost", .red, comparison) + list(row.gained, "gained", .green, comparison)
            if let id = row.lost.first ?? row.gained.first {
                lines += wrapped("look at one: gage show \(comparison.second.path) '\(id)'", .dim)
            }
            return lines
        }
    }

    private func list(
        _ ids: [EpisodeID], _ word: String, _ style: Terminal.Style, _ comparison: RunComparison
    ) -> [String] {
        var lines = ids.prefix(flipLimit).flatMap { wrapped("  \(word)  \($0)", style) }
        if ids.count > flipLimit { lines.append("  and \(ids.count - flipLimit) more \(word): --flips, --json") }
        return lines
    }

    // MARK: - All runs

    private var matrixLines: [String] {
        // As many runs beside each other as fit, the first in every block.
        let room = max(1, (terminal.width - Self.matrixNames) / Self.matrixColumn - 1)
        let others = Array(report.runs.indices.dropFirst())
        let blocks = stride(from: 0, to: others.count, by: room).map { [0] + others[$0..<min($0 + room, others.count)] }
        let tables = blocks.flatMap { matrixTable(of: $0) }
        let names = report.runs.enumerated().flatMap { wrapped("  \(Self.letter($0)) = \($1.name)", .dim) }
        let meaning = "  ▲ ▼ differs from \(Self.letter(0)) on the same episodes; all means over each run's own"
        return tables + names + wrapped(meaning, .dim)
    }

    /// What the names and what each run take of a matrix' width.
    private static let matrixNames = 20
    private static let matrixColumn = 10

    private func matrixTable(of places: [Int]) -> [String] {
        var columns = [
            TextTable.Column(report.settings.grouping.rawValue, canShrink: true),
            TextTable.Column("metric", canShrink: true),
        ]
        columns += places.map { TextTable.Column(Self.letter($0), .right) }
        var table = TextTable(columns)
        for row in report.matrix {
            let cells = places.map { place in
                row.cells[place].map { NumberText.fixed($0.mean) + mark(row, place) } ?? "–"
            }
            table.add([row.scope, row.measure.title] + cells)
        }
        return table.lines(on: terminal)
    }

    private func mark(_ row: ComparisonReport.MatrixRow, _ place: Int) -> String {
        ComparisonWords.mark(report, row, place) ?? " "
    }

    static func letter(_ place: Int) -> String {
        place < 26 ? String(UnicodeScalar(UInt8(65 + place))) : "R\(place + 1)"
    }

    // MARK: - Words

    private var methodLines: [String] {
        let tests = report.testCount
        let text =
            "p values are corrected for \(tests) test\(tests == 1 ? "" : "s") by Holm's method. Pairs are episodes of one "
            + "task, sample and trial that are scored in both runs; trials of one sample are one cluster."
        return wrapped(text, .dim)
    }

    private func wrapped(_ text: String, _ style: Terminal.Style?) -> [String] {
        TextWrap.lines(VisibleText.oneLine(text), width: terminal.width).map { line in
            style.map { terminal.styled(line, $0) } ?? line
        }
    }

    static func signed(_ value: Double) -> String { (value > 0 ? "+" : "") + NumberText.fixed(value) }

    static func probability(_ value: Double) -> String {
        value < 0.001 ? "<0.001" : NumberText.fixed(value, digits: value < 0.1 ? 3 : 2)
    }
}

extension ComparisonWarning.Kind {
    /// Whether it explains a difference rather than casting doubt on it.
    var isNote: Bool { self == .plan || self == .version }
}

public import Reports
import Statistics

/// An analysis as lines for a terminal, or for `analysis.txt`.
public struct StudyText: Sendable {
    private let analysis: StudyAnalysis
    private let terminal: Terminal

    /// Prepares the text of an analysis for a place.
    public init(_ analysis: StudyAnalysis, terminal: Terminal) {
        self.analysis = analysis
        self.terminal = terminal
    }

    /// The lines.
    public var lines: [String] {
        var lines: [String] = []
        for environment in analysis.environments {
            lines += ["", terminal.styled(environment.environment, .bold)] + rates(environment).lines(on: terminal)
            lines += [""] + pairs(environment).lines(on: terminal)
            if let check = analysis.conversations?.environments.first(where: { $0.name == environment.environment })?
                .check
            {
                lines += ["", "held-out words per 100 of the user"] + checks(check).lines(on: terminal)
            }
        }
        if !analysis.interactions.isEmpty { lines += [""] + interactions.lines(on: terminal) }
        lines += [""] + analysis.findings
        lines += analysis.warnings.map { terminal.styled("note: ", .yellow) + $0 }
        return lines
    }

    private func rates(_ environment: EnvironmentAnalysis) -> TextTable {
        var table = TextTable([
            .init("variant"), .init("success", .right), .init("95 % interval", .right), .init("episodes", .right),
            .init("errored", .right), .init("turn limit", .right), .init("turns", .right),
        ])
        for summary in environment.summaries {
            table.add([
                summary.variant, summary.rate.map { NumberText.percent($0) } ?? "–",
                summary.interval.map { "\(NumberText.percent($0.lower)) … \(NumberText.percent($0.upper))" } ?? "–",
                "\(summary.episodes)", "\(summary.errored + summary.unscorable)",
                summary.share(of: StudyEnds.turnLimit).map { NumberText.percent($0) } ?? "–",
                summary.meanTurns.map { NumberText.fixed($0, digits: 1) } ?? "–",
            ])
        }
        return table
    }

    private func pairs(_ environment: EnvironmentAnalysis) -> TextTable {
        var table = TextTable([
            .init("against control"), .init("points", .right), .init("95 % interval", .right), .init("p", .right),
            .init("p (Holm)", .right), .init("h", .right), .init("smallest found", .right), .init("manipulation"),
        ])
        for pair in environment.pairs {
            table.add([
                pair.isPlanned ? pair.variant : "\(pair.variant) – \(pair.other)",
                pair.difference.map { PointsText.text($0) } ?? "–",
                pair.percentile.map { "\(PointsText.text($0.lower)) … \(PointsText.text($0.upper))" } ?? "–",
                PValueText.text(pair.pValue), PValueText.text(pair.adjusted),
                pair.cohensH.map { NumberText.fixed($0, digits: 2) } ?? "–",
                pair.detectable.map { PointsText.text($0) } ?? "–", pair.manipulation.rawValue,
            ])
        }
        return table
    }

    private func checks(_ check: ManipulationCheck) -> TextTable {
        let emotions = check.rows.first?.heldOut.map(\.emotion) ?? []
        var table = TextTable(
            [.init("variant")] + emotions.map { .init($0, .right) } + [.init("p (Holm)", .right), .init("verdict")])
        for row in check.rows {
            table.add(
                [row.variant] + row.heldOut.map { $0.mean.map { NumberText.fixed($0, digits: 2) } ?? "–" }
                    + [PValueText.text(row.adjusted), row.verdict.rawValue])
        }
        return table
    }

    private var interactions: TextTable {
        var table = TextTable(
            [.init("points against control")] + analysis.environments.map { .init($0.environment, .right) }
                + [.init("p of one effect", .right)])
        for interaction in analysis.interactions {
            let effects = analysis.environments.map { environment in
                interaction.effects.first { $0.environment == environment.environment }
                    .map { PointsText.text($0.difference) } ?? "–"
            }
            table.add([interaction.variant] + effects + [PValueText.text(interaction.pValue)])
        }
        return table
    }
}

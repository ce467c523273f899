import JSON
import Mustache
import Reports
import Statistics

/// Writes an experiment's `report.html`: one self-contained file without scripts.
public struct StudyPage: Sendable {
    private let analysis: StudyAnalysis

    /// Prepares the page of an analysis.
    public init(_ analysis: StudyAnalysis) { self.analysis = analysis }

    /// The page.
    ///
    /// Throws when the template cannot be read, which a test would have shown.
    public func html() throws -> String {
        let body = try MustacheTemplate(string: StudyPageTemplate.body).render(context)
        return StandalonePage(
            title: "\(analysis.results.design.name) · gage experiment", sheets: [ReportStyle.sheet],
            body: HTML(markup: body)
        ).html
    }

    private var context: [String: Any] {
        let (results, settings) = (analysis.results, analysis.settings)
        let design = results.design
        let tasks = design.environments.reduce(0) { $0 + $1.tasks.count }
        return [
            "title": design.name, "timestamp": design.timestamp,
            "status": results.isComplete ? "complete" : "incomplete",
            "statusClass": results.isComplete ? "good" : "odd",
            "summary": "\(tasks) tasks, \(design.variants.count) variants, \(design.trials) trial"
                + "\(design.trials == 1 ? "" : "s"): \(results.cells.count) of \(design.cellCount) episodes.",
            "warnings": analysis.warnings, "hasWarnings": !analysis.warnings.isEmpty, "findings": analysis.findings,
            "environments": analysis.environments.map(environment),
            "hasInteractions": !analysis.interactions.isEmpty,
            "environmentNames": analysis.environments.map(\.environment),
            "interactions": analysis.interactions.map(interaction),
            "methods": (settings.json["methods"]?.objectValue ?? [:]).map { name, value in
                ["name": name, "value": value.stringValue ?? ""]
            },
        ]
    }

    private func environment(_ found: EnvironmentAnalysis) -> [String: Any] {
        let omnibus =
            found.hasVariation
            ? "\(found.omnibusName): p \(PValueText.relation(found.omnibus?.pValue))."
            : "No variation between variants."
        var values: [String: Any] = [
            "name": found.environment,
            "facts": "\(found.completeTasks) of \(found.table.tasks.count) tasks are complete under all variants. "
                + omnibus,
            "successPlot": StudyPlots.success(found), "flipPlot": StudyPlots.flips(found),
            "variants": found.summaries.map(variant), "hasPairs": !found.pairs.isEmpty,
            "pairs": found.pairs.map { pair($0, found) },
            "test": "p: \(found.pairs.first?.test ?? ""). The smallest difference found is the one that as many tasks "
                + "find with a power of \(NumberText.percent(analysis.settings.power)).",
            "hasConversations": false,
        ]
        if let conversations = analysis.conversations?.environments.first(where: { $0.name == found.environment }),
            conversations.count > 0
        {
            values.merge(StudyPageConversations(conversations).context) { _, new in new }
        }
        return values
    }

    private func variant(_ summary: VariantSummary) -> [String: Any] {
        let passes = summary.passHat.dropFirst().enumerated().map { place, pass in
            "\(place + 2): \(NumberText.fixed(pass.value))"
        }
        return [
            "variant": summary.variant, "rate": summary.rate.map { NumberText.percent($0) } ?? "–",
            "interval": summary.interval.map {
                "\(NumberText.percent($0.lower)) … \(NumberText.percent($0.upper))"
            } ?? "–",
            "episodes": "\(summary.episodes)", "pass": passes.isEmpty ? "–" : passes.joined(separator: ", "),
            "errored": "\(summary.errored + summary.unscorable)",
            "limit": summary.share(of: StudyEnds.turnLimit).map { NumberText.percent($0) } ?? "–",
            "turns": summary.meanTurns.map { NumberText.fixed($0, digits: 1) } ?? "–",
        ]
    }

    private func pair(_ pair: PairedAnalysis, _ found: EnvironmentAnalysis) -> [String: Any] {
        let differences = found.table.differences(pair.variant, minus: pair.other).map(\.difference)
        return [
            "variant": pair.isPlanned ? pair.variant : "\(pair.variant) – \(pair.other)",
            "difference": pair.difference.map { PointsText.text($0) } ?? "–",
            "interval": pair.percentile.map { "\(PointsText.text($0.lower)) … \(PointsText.text($0.upper))" } ?? "–",
            "flips": "\(differences.count { $0 < 0 }) / \(differences.count { $0 > 0 })",
            "p": PValueText.text(pair.pValue), "holm": PValueText.text(pair.adjusted),
            "h": pair.cohensH.map { NumberText.fixed($0, digits: 2) } ?? "–",
            "detectable": pair.detectable.map { PointsText.text($0) } ?? "–",
            "manipulation": pair.manipulation.rawValue,
            "manipulationClass": StudyPageConversations.badge(for: pair.manipulation),
        ]
    }

    private func interaction(_ found: InteractionAnalysis) -> [String: Any] {
        let effects = analysis.environments.map { environment in
            found.effects.first { $0.environment == environment.environment }.map { PointsText.text($0.difference) }
                ?? "–"
        }
        return ["variant": found.variant, "effects": effects, "p": PValueText.text(found.pValue)]
    }
}

/// Differences of shares in points.
enum PointsText {
    static func text(_ difference: Double) -> String {
        (difference > 0 ? "+" : "") + NumberText.fixed(100 * difference, digits: 1)
    }
}

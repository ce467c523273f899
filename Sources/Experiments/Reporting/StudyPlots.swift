import Reports
import Statistics

/// The plots of a study's report.
enum StudyPlots {
    /// Success rates of an environment's variants, with their intervals.
    static func success(_ environment: EnvironmentAnalysis) -> String {
        let summaries = environment.summaries
        let frame = PlotFrame(
            rows: summaries.map(\.variant), axis: .shares,
            description: "Success by variant in \(environment.environment)")
        return frame.svg { place, y in
            guard let rate = summaries[place].rate else { return "" }
            var shapes = ""
            if let interval = summaries[place].interval {
                shapes = PlotFrame.line(
                    frame.x(interval.lower), y, frame.x(interval.upper), y,
                    "stroke=\"var(--mark)\" stroke-width=\"5\" stroke-opacity=\"0.4\" stroke-linecap=\"round\"")
            }
            return shapes + PlotFrame.dot(frame.x(rate), y, "fill=\"var(--mark)\"")
        } note: { place in
            summaries[place].rate.map { NumberText.percent($0) } ?? "–"
        }
    }

    /// On how many tasks each variant did worse and better than the control.
    static func flips(_ environment: EnvironmentAnalysis) -> String {
        let pairs = environment.pairs.filter(\.isPlanned)
        guard !pairs.isEmpty else { return "" }
        let flips = pairs.map { pair in
            let differences = environment.table.differences(pair.variant, minus: pair.other).map(\.difference)
            return (worse: differences.count { $0 < 0 }, better: differences.count { $0 > 0 })
        }
        let most = flips.map { max($0.worse, $0.better) }.max() ?? 0
        let frame = PlotFrame(
            rows: pairs.map(\.variant), axis: .counts(to: Double(max(1, most)), isTwoSided: true),
            description: "Tasks on which a variant did worse (left) or better (right) than the control")
        return frame.svg { place, y in
            let (worse, better) = flips[place]
            return PlotFrame.bar(frame.x(0), frame.x(-Double(worse)), y, height: 14, "fill=\"var(--bad)\"")
                + PlotFrame.bar(frame.x(0), frame.x(Double(better)), y, height: 14, "fill=\"var(--good)\"")
        } note: { place in
            "\(flips[place].worse) worse, \(flips[place].better) better"
        }
    }

    /// How many turns the users of each variant took: range, quartiles, median.
    static func turns(_ environment: ConversationAnalysis.Environment) -> String {
        let rows = environment.turns
        let most = rows.flatMap(\.counts).max() ?? 1
        let frame = PlotFrame(
            rows: rows.map(\.variant), axis: .counts(to: max(1, most)),
            description: "User turns by variant in \(environment.name)")
        return frame.svg { place, y in
            let counts = rows[place].counts
            guard let low = counts.min(), let high = counts.max(), let median = counts.median,
                let lower = counts.quantile(0.25), let upper = counts.quantile(0.75)
            else { return "" }
            return PlotFrame.line(frame.x(low), y, frame.x(high), y, "stroke=\"var(--faint)\" stroke-width=\"1.5\"")
                + PlotFrame.bar(
                    frame.x(lower), frame.x(upper), y, height: 12, "fill=\"var(--mark-soft)\" stroke=\"var(--mark)\"")
                + PlotFrame.bar(frame.x(median) - 1.5, frame.x(median) + 1.5, y, height: 16, "fill=\"var(--mark)\"")
        } note: { place in
            rows[place].counts.median.map { "median \(NumberText.fixed($0, digits: 1))" } ?? "–"
        }
    }
}

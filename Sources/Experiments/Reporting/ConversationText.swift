public import Reports
import Statistics

/// A conversation analysis as lines for a terminal.
public struct ConversationText: Sendable {
    private let analysis: ConversationAnalysis
    private let terminal: Terminal

    /// Prepares the text of an analysis for a place.
    public init(_ analysis: ConversationAnalysis, terminal: Terminal) {
        self.analysis = analysis
        self.terminal = terminal
    }

    /// The lines, about one variant beside the control or about all.
    public func lines(variant: String?) -> [String] {
        analysis.environments.flatMap { environment in
            [terminal.styled("\(environment.name): \(environment.count) conversations", .bold)]
                + measures(environment, variant).lines(on: terminal) + [""] + verdicts(environment, variant) + [""]
        } + judgement
    }

    private func measures(_ environment: ConversationAnalysis.Environment, _ variant: String?) -> TextTable {
        let names = environment.turns.map(\.variant)
        let shown = names.indices.filter { variant == nil || names[$0] == variant || $0 == 0 }
        var table = TextTable([.init("measure")] + shown.map { .init(names[$0], .right) })
        for measure in environment.measures {
            table.add(
                [measure.measure.replacing("_", with: " ")]
                    + shown.map { place in
                        let entry = measure.entries[place]
                        guard let mean = entry.mean else { return "–" }
                        return NumberText.fixed(mean, digits: 2) + ((entry.adjusted ?? 1) < 0.05 ? " *" : "")
                    })
        }
        return table
    }

    private func verdicts(_ environment: ConversationAnalysis.Environment, _ variant: String?) -> [String] {
        environment.check.rows.filter { variant == nil || $0.variant == variant }.compactMap { row in
            guard let emotion = row.emotion else { return nil }
            let difference = row.difference.map { NumberText.fixed($0, digits: 2) } ?? "–"
            let isOvertaken = row.ranksFirst == false && (row.difference ?? 0) > 0
            let rank = isOvertaken ? "; another emotion rose more" : ""
            return "\(row.variant): \(difference) words of \(emotion) per 100 over the control, "
                + "p (Holm) \(PValueText.relation(row.adjusted)): manipulation \(row.verdict.rawValue)\(rank)"
        }
    }

    private var judgement: [String] {
        guard let judgement = analysis.judgement else { return [] }
        var line = "blind judge \(judgement.judges.joined(separator: ", ")): "
        line += judgement.accuracy.map { "\(NumberText.percent($0)) right" } ?? "no labels"
        if let kappa = judgement.kappa { line += ", kappa \(NumberText.fixed(kappa.value, digits: 2))" }
        if let kappa = judgement.betweenJudges {
            line += ", between judges \(NumberText.fixed(kappa.value, digits: 2))"
        }
        return [line]
    }
}

import Reports

/// The part of the page about one environment's conversations.
struct StudyPageConversations {
    private let environment: ConversationAnalysis.Environment

    init(_ environment: ConversationAnalysis.Environment) { self.environment = environment }

    static func badge(for verdict: ManipulationVerdict) -> String {
        switch verdict {
        case .demonstrated: "good"
        case .notDemonstrated: "bad"
        case .notApplicable, .notChecked: ""
        }
    }

    var context: [String: Any] {
        [
            "hasConversations": true,
            "emotions": environment.check.rows.first?.heldOut.map(\.emotion) ?? [],
            "checks": environment.check.rows.map(check), "turnPlot": StudyPlots.turns(environment),
            "variantNames": environment.turns.map(\.variant),
            "measures": environment.measures.map { measure in
                ["name": measure.measure.replacing("_", with: " "), "cells": measure.entries.map(cell)] as [String: Any]
            },
            "excerpts": environment.excerpts.map(excerpt),
        ]
    }

    private func check(_ row: ManipulationCheck.Row) -> [String: Any] {
        [
            "variant": row.variant,
            "scores": row.heldOut.map { score in
                let text = score.mean.map { NumberText.fixed($0, digits: 2) } ?? "–"
                return score.emotion == row.emotion ? "[\(text)]" : text
            },
            "difference": row.difference.map { NumberText.fixed($0, digits: 2) } ?? "–",
            "holm": PValueText.text(row.adjusted), "verdict": row.verdict.rawValue,
            "verdictClass": Self.badge(for: row.verdict),
        ]
    }

    private func cell(_ entry: MeasureComparison.Entry) -> String {
        guard let mean = entry.mean else { return "–" }
        let isDifferent = entry.adjusted.map { $0 < 0.05 } ?? false
        return NumberText.fixed(mean, digits: 2) + (isDifferent ? " *" : "")
    }

    private func excerpt(_ excerpt: ConversationAnalysis.Excerpt) -> [String: Any] {
        [
            "variant": excerpt.place.variant, "task": "task \(excerpt.place.task), trial \(excerpt.place.trial)",
            "turns": excerpt.turns.map {
                ["kind": $0.isUser ? "user" : "agent", "text": String($0.text.prefix(2000))]
            },
        ]
    }
}

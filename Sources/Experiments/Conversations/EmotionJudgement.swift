public import JSON
import Statistics

/// What a model that did not know the variants took the users' emotions for.
public struct EmotionJudgement: Sendable {
    /// The judges' names.
    public let judges: [String]
    /// The labels that could be given.
    let labels: [String]
    /// How often the first judge gave each label, by the true one.
    let confusion: [[Int]]
    let accuracy: Double?
    /// The first judge against the truth.
    let kappa: Agreement.Kappa?
    /// The first judge against the second; nil with one.
    let betweenJudges: Agreement.Kappa?
    /// Conversations that a judge gave no label.
    let unreadable: Int

    /// Takes the labels: the true one, and each judge's, nil where it gave none.
    init(judges: [String], labels: [String], findings: [(truth: String, given: [String?])]) {
        self.judges = judges
        self.labels = labels
        func table(_ pairs: [(String, String)]) -> [[Int]] {
            labels.map { row in labels.map { column in pairs.count { $0.0 == row && $0.1 == column } } }
        }
        let first = findings.compactMap { finding in finding.given.first?.map { (finding.truth, $0) } }
        confusion = table(first)
        accuracy = first.isEmpty ? nil : Double(first.count { $0.0 == $0.1 }) / Double(first.count)
        kappa = first.isEmpty ? nil : Agreement.cohensKappa(confusion)
        let both = findings.compactMap { finding -> (String, String)? in
            guard finding.given.count > 1, let one = finding.given[0], let two = finding.given[1] else { return nil }
            return (one, two)
        }
        betweenJudges = both.isEmpty ? nil : Agreement.cohensKappa(table(both))
        unreadable = findings.reduce(0) { $0 + $1.given.count { $0 == nil } }
    }

    /// The judgement as `conversations.json` holds it.
    public var json: JSONValue {
        [
            "judges": .array(judges.map(JSONValue.string)), "labels": .array(labels.map(JSONValue.string)),
            "confusion": .array(confusion.map { .array($0.map { JSONValue($0) }) }),
            "accuracy": JSONValue(optional: accuracy), "kappa_with_truth": JSONValue(finite: kappa?.value),
            "kappa_between_judges": JSONValue(finite: betweenJudges?.value), "unreadable": JSONValue(unreadable),
        ]
    }
}

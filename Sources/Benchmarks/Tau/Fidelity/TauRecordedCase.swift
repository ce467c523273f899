import JSON

/// What became of a case.
struct TauCaseOutcome: Sendable {
    var domain: String
    var kind: String
    var disagreements: [TauFidelityReport.Disagreement]
}

/// A recorded official case that is being played, and what has differed so far.
protocol TauRecordedCase {
    /// The case's name.
    var id: String { get }
    /// What differs.
    var found: [TauFidelityReport.Disagreement] { get set }
}

extension TauRecordedCase {
    /// Notes what differs, by value, numbers compared as numbers.
    mutating func compare(_ field: String, expected: JSONValue, actual: JSONValue) {
        guard !expected.isNumericallyEqual(to: actual) else { return }
        for difference in expected.differences(to: actual) {
            let (old, new) = (difference.old ?? .null, difference.new ?? .null)
            let isMissing = difference.old == nil || difference.new == nil
            guard isMissing || !old.isNumericallyEqual(to: new) else { continue }
            record(field + difference.path.description, expected: old, actual: new)
        }
    }

    /// Notes that something differs.
    mutating func record(_ field: String, expected: JSONValue, actual: JSONValue) {
        found.append(.init(caseID: id, field: field, expected: expected, actual: actual))
    }
}

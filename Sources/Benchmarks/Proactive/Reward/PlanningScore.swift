public import Evaluation

/// How plans are scored.
public enum PlanningScore: String, Sendable, Hashable, CaseIterable, ParameterChoice {
    /// .6 for any plan.
    case constant
    /// By numbered steps, words of priority and time, and how much of the request is taken up.
    case rules

    /// Scores a plan.
    func score(_ plan: String, for state: ProactiveState) -> TaskScore {
        switch self {
        case .constant: TaskScore(score: 0.6, method: "constant")
        case .rules: TaskScore(score: Self.byRules(plan, for: state), method: "rules")
        }
    }

    private static let priorities = [
        "priority", "first", "must", "important", "urgent", "then", "finally", "deadline", "morning", "before", "after",
    ]

    /// A third each for steps (three or more), for words of priority (two or more), and for the request's words.
    private static func byRules(_ plan: String, for state: ProactiveState) -> Double {
        let lower = plan.lowercased()
        let steps = lower.split(separator: "\n").count { isStep($0) }
        let words = Set(lower.split { !$0.isLetter }.map(String.init))
        let order = priorities.count { words.contains($0) }
        // What the user said in answers counts as part of the request.
        let wanted = OffTopicDetector.words(state.query)
        let covered =
            wanted.isEmpty
            ? 1
            : Double(wanted.intersection(OffTopicDetector.words(plan)).count)
                / Double(wanted.count)
        return (min(1, Double(steps) / 3) + min(1, Double(order) / 2) + covered) / 3
    }

    private static func isStep(_ line: Substring) -> Bool {
        let text = line.drop(while: \.isWhitespace)
        if text.hasPrefix("- ") || text.hasPrefix("* ") { return true }
        let digits = text.prefix(while: \.isNumber)
        guard !digits.isEmpty, digits.count <= 3 else { return false }
        let next = text.dropFirst(digits.count).first
        return next == "." || next == ")" || next == ":"
    }
}

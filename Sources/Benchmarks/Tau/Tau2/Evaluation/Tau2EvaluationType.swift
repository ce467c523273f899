public import Evaluation

/// Which parts of a dialogue are judged, by the official names.
public enum Tau2EvaluationType: String, Sendable, Hashable, CaseIterable, ParameterChoice {
    /// The databases and the assertions on the world.
    case environment = "env"
    /// What the agent had to say.
    case communicate
    /// The expected calls.
    case action
    /// Everything in the task's reward basis, other checks for information.
    case all
    /// The statements for a judge only.
    case naturalLanguage = "nl_assertions"
    /// As `all`, the judge asked in any case.
    case allWithNaturalLanguage = "all_with_nl_assertions"
    /// The product of all checks but the judge's, whatever the task's basis.
    case allIgnoringBasis = "all_ignore_basis"
    /// The product of all checks, whatever the task's basis.
    case allWithNaturalLanguageIgnoringBasis = "all_with_nl_assertions_ignore_basis"

    /// Whether the world has to be replayed.
    var needsEnvironment: Bool {
        switch self {
        case .communicate, .action, .naturalLanguage: false
        default: true
        }
    }

    /// Whether every part counts, whatever the task says.
    var ignoresBasis: Bool { self == .allIgnoringBasis || self == .allWithNaturalLanguageIgnoringBasis }

    /// Whether the judge's statements are looked at for a task.
    func needsJudge(for criteria: Tau2EvaluationCriteria) -> Bool {
        switch self {
        case .naturalLanguage, .allWithNaturalLanguage, .allWithNaturalLanguageIgnoringBasis: true
        case .all: criteria.rewardBasis.contains(.naturalLanguageAssertion)
        default: false
        }
    }
}

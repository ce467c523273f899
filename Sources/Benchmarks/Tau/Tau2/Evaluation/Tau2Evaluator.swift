import Evaluation
import JSON

/// Judges finished dialogues of one domain by the official rules.
///
/// Pure: replaying, comparing and combining need no model. Where a task has statements for a judge the caller asks one
/// (``Tau2NaturalLanguageJudge``) and passes its answers in.
public struct Tau2Evaluator: Sendable {
    let domain: Tau2Domain
    /// What error texts show as the time of judging.
    let timestamp: String
    /// Where replayed tools take identifiers from that are officially random.
    let identifiers: IdentifierSource

    /// A judge for dialogues of this domain; error texts of replays show `timestamp` as the time of judging.
    public init(domain: Tau2Domain, timestamp: String = "", identifiers: IdentifierSource = .derived) {
        self.domain = domain
        self.timestamp = timestamp
        self.identifiers = identifiers
    }

    /// Judges a dialogue; throws what the official grader raises, as for a recording that cannot be replayed.
    ///
    /// With `isLenient`, results that the tools of today do not give are let pass, except where the basis is ignored, as
    /// officially. `statements` are a judge's findings about the task's natural-language assertions; where they are needed and nil,
    /// the assertions count as not met, so ask ``statementsForJudge(of:after:as:)`` first.
    public func evaluate(
        _ simulation: Tau2Simulation, of task: Tau2Task, as type: Tau2EvaluationType,
        isLenient: Bool = false, statements: [Tau2RewardInfo.StatementCheck]? = nil
    ) throws(PythonException) -> Tau2RewardInfo {
        if let early = Self.verdictWithoutJudging(simulation, of: task) { return early }
        var environment: Tau2RewardInfo?
        if type.needsEnvironment {
            environment = try judgeEnvironment(
                simulation, of: task, replay: strictness(isLenient: isLenient && !type.ignoresBasis))
        }
        return combine(environment, simulation, task, type, statements)
    }

    /// How recorded results are compared.
    func strictness(isLenient: Bool) -> ReplayStrictness {
        isLenient ? .lenient : .strict(timestamp: timestamp)
    }

    /// The statements that a judge has to be asked about before judging; empty for none.
    public func statementsForJudge(
        of task: Tau2Task, after simulation: Tau2Simulation, as type: Tau2EvaluationType
    ) -> [String] {
        guard Self.verdictWithoutJudging(simulation, of: task) == nil, let criteria = task.evaluationCriteria,
            type.needsJudge(for: criteria)
        else { return [] }
        return criteria.naturalLanguageAssertions ?? []
    }

    /// A dialogue that no participant ended is worth nothing; a task without criteria is always passed.
    static func verdictWithoutJudging(_ simulation: Tau2Simulation, of task: Tau2Task) -> Tau2RewardInfo? {
        if !simulation.endedByParticipant {
            return Tau2RewardInfo(
                reward: 0, rewardBasis: nil,
                note: "Simulation terminated prematurely. Termination reason: \(simulation.termination.rawValue)")
        }
        if task.evaluationCriteria == nil {
            return Tau2RewardInfo(reward: 1, rewardBasis: nil, note: "No evaluation criteria")
        }
        return nil
    }

    /// Puts the parts together once the world has been judged.
    func combine(
        _ environment: Tau2RewardInfo?, _ simulation: Tau2Simulation, _ task: Tau2Task, _ type: Tau2EvaluationType,
        _ statements: [Tau2RewardInfo.StatementCheck]?
    ) -> Tau2RewardInfo {
        guard let criteria = task.evaluationCriteria else { return Tau2RewardInfo(reward: 1, rewardBasis: nil) }
        let environment = environment ?? Tau2RewardInfo(reward: 1)
        switch type {
        case .environment: return environment
        case .action: return judgeActions(simulation, criteria)
        case .communicate: return judgeCommunication(simulation, criteria)
        case .naturalLanguage: return judgeStatements(statements, criteria)
        case .all, .allWithNaturalLanguage, .allIgnoringBasis, .allWithNaturalLanguageIgnoringBasis:
            let judged = type.needsJudge(for: criteria) ? judgeStatements(statements, criteria) : nil
            let parts = Parts(
                environment: environment, action: judgeActions(simulation, criteria),
                communicate: judgeCommunication(simulation, criteria), statements: judged)
            var info = type.ignoresBasis ? parts.product() : parts.product(of: criteria.rewardBasis)
            info.worldDifference = environment.worldDifference
            return info
        }
    }
}

/// The findings of every evaluator for one dialogue.
private struct Parts {
    var environment: Tau2RewardInfo
    var action: Tau2RewardInfo
    var communicate: Tau2RewardInfo
    var statements: Tau2RewardInfo?

    /// The product of the parts in the basis.
    func product(of basis: [Tau2RewardComponent]) -> Tau2RewardInfo {
        var counted: [Tau2RewardInfo] = []
        if basis.contains(.database) || basis.contains(.environmentAssertion) { counted.append(environment) }
        if basis.contains(.action) { counted.append(action) }
        if basis.contains(.naturalLanguageAssertion), let statements { counted.append(statements) }
        if basis.contains(.communicate) { counted.append(communicate) }
        return merged(counted, basis: basis)
    }

    /// The product of all parts.
    func product() -> Tau2RewardInfo {
        let basis: [Tau2RewardComponent] = [.database, .environmentAssertion, .action, .communicate]
        return merged(
            [environment, action, communicate] + (statements.map { [$0] } ?? []),
            basis: basis + (statements == nil ? [] : [.naturalLanguageAssertion]))
    }

    private func merged(_ counted: [Tau2RewardInfo], basis: [Tau2RewardComponent]) -> Tau2RewardInfo {
        var result = Tau2RewardInfo(reward: counted.reduce(1) { $0 * $1.reward }, rewardBasis: basis)
        result.databaseCheck = environment.databaseCheck
        result.environmentAssertions = environment.environmentAssertions
        result.actionChecks = action.actionChecks
        result.naturalLanguageAssertions = statements?.naturalLanguageAssertions
        result.communicateChecks = communicate.communicateChecks
        result.rewardBreakdown = counted.flatMap { $0.rewardBreakdown ?? [] }
        result.info = [
            "env": environment.info, "nl": statements?.info ?? .null, "communicate": communicate.info,
            "action": action.info,
        ]
        return result
    }
}

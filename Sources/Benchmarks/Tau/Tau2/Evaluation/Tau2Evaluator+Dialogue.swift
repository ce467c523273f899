import JSON

extension Tau2Evaluator {
    /// Judges whether the expected calls were made, by anybody, successfully or not.
    func judgeActions(_ simulation: Tau2Simulation, _ criteria: Tau2EvaluationCriteria) -> Tau2RewardInfo {
        guard let actions = criteria.actions, !actions.isEmpty else {
            return Self.result(.action, reward: 1, note: "No actions to evaluate")
        }
        let calls = simulation.messages.flatMap { $0.isToolCall ? $0.toolCalls ?? [] : [] }
        let checks = actions.map { action in
            Tau2RewardInfo.ActionCheck(
                action: action, isMatch: calls.contains { action.isMatched(by: $0) },
                toolKind: domain.toolKind(action.name))
        }
        var result = Self.result(.action, reward: checks.allSatisfy(\.isMatch) ? 1 : 0)
        result.actionChecks = checks
        return result
    }

    /// Judges whether the agent said what it had to, as a substring of any of its texts.
    ///
    /// Commas are taken out of the agent's texts only, so that a statement with a comma is never found.
    func judgeCommunication(_ simulation: Tau2Simulation, _ criteria: Tau2EvaluationCriteria) -> Tau2RewardInfo {
        guard let statements = criteria.communicateInfo, !statements.isEmpty else {
            return Self.result(.communicate, reward: 1, note: "No communicate_info to evaluate")
        }
        let texts = simulation.messages.compactMap { message -> (said: String, folded: String)? in
            guard message.role == .assistant, message.hasText, let text = message.content else { return nil }
            return (text, text.lowercasedLikePython().replacingText(",", with: ""))
        }
        let checks = statements.map { statement in
            let wanted = statement.lowercasedLikePython()
            let found = texts.first { $0.folded.containsText(wanted) }
            return Tau2RewardInfo.StatementCheck(
                statement: statement, isMet: found != nil,
                justification: found.map { "Information '\(statement)' communicated in the message:\n '\($0.said)'" }
                    ?? "Information '\(statement)' not communicated.")
        }
        var result = Self.result(.communicate, reward: checks.allSatisfy(\.isMet) ? 1 : 0)
        result.communicateChecks = checks
        return result
    }

    /// Judges by what a judge found; a judge that returned nothing found nothing wrong, as officially.
    func judgeStatements(
        _ findings: [Tau2RewardInfo.StatementCheck]?, _ criteria: Tau2EvaluationCriteria
    ) -> Tau2RewardInfo {
        guard let statements = criteria.naturalLanguageAssertions, !statements.isEmpty else {
            var result = Self.result(.naturalLanguageAssertion, reward: 1, note: "No nl_assertions to evaluate")
            result.naturalLanguageAssertions = []
            return result
        }
        let checks =
            findings ?? statements.map { .init(statement: $0, isMet: false, justification: "no judge was asked") }
        var result = Self.result(.naturalLanguageAssertion, reward: checks.allSatisfy(\.isMet) ? 1 : 0)
        result.naturalLanguageAssertions = checks
        return result
    }

    private static func result(
        _ component: Tau2RewardComponent, reward: Double, note: String? = nil
    ) -> Tau2RewardInfo {
        var result = Tau2RewardInfo(reward: reward, note: note)
        result.rewardBreakdown = [.init(component: component, reward: reward)]
        return result
    }
}

extension Tau2Action {
    /// Whether a call counts as this action: the same name, and equal arguments among those that are compared.
    ///
    /// Where the task names none, those of the *call* are compared: arguments that it lacks are not missed.
    func isMatched(by call: RecordedCall) -> Bool {
        guard JSONValue.string(name) == .string(call.name) else { return false }
        let names = comparedArguments ?? call.arguments.keys
        guard !names.isEmpty else { return true }
        let mine = arguments.limited(to: names)
        return JSONValue.object(mine).pythonEquals(.object(call.arguments.limited(to: names)))
    }
}

extension JSONObject {
    /// The members whose keys are among these.
    fileprivate func limited(to names: [String]) -> JSONObject {
        var limited: JSONObject = [:]
        for name in names {
            if let value = self[name] { limited[name] = value }
        }
        return limited
    }
}

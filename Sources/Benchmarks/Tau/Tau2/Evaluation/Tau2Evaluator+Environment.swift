extension Tau2Evaluator {
    /// Both worlds of a judged dialogue: what the dialogue led to, and what the expected actions lead to.
    struct Worlds {
        var predicted: any TauWorld
        var gold: any TauWorld
    }

    /// Judges what became of the world.
    func judgeEnvironment(
        _ simulation: Tau2Simulation, of task: Tau2Task, replay: ReplayStrictness
    ) throws(PythonException) -> Tau2RewardInfo {
        guard let criteria = task.evaluationCriteria else {
            return Tau2RewardInfo(reward: 1, note: "No evaluation criteria")
        }
        guard criteria.actions != nil || criteria.environmentAssertions != nil else {
            var result = Tau2RewardInfo(reward: 1, note: "No expected actions or env assertions")
            result.databaseCheck = .init(isMatch: true)
            return result
        }
        var worlds = try replayWorlds(simulation, of: task, replay: replay)
        let isMatch = worlds.gold.hasSameState(as: worlds.predicted)
        let difference = isMatch ? [] : worlds.predicted.difference(from: worlds.gold)
        let checks = try Self.run(criteria.environmentAssertions ?? [], on: &worlds.predicted)
        var result = Self.environmentResult(isMatch: isMatch, checks: checks, criteria: criteria)
        result.worldDifference = difference
        return result
    }

    /// Replays the whole trajectory in one world and the expected actions in another.
    ///
    /// The second is never a solo world. Expected actions that fail are passed over, and nothing is carried over
    /// between the toolkits after them, as officially.
    func replayWorlds(
        _ simulation: Tau2Simulation, of task: Tau2Task, replay: ReplayStrictness
    ) throws(PythonException) -> Worlds {
        let initial = task.initialState?.worldState ?? InitialState()
        var predicted = try domain.makeWorld(isSolo: simulation.isSolo, identifiers: identifiers)
        try predicted.setState(initial, history: simulation.messages.map(\.recorded), strictness: replay)
        var gold = try domain.makeWorld(isSolo: false, identifiers: identifiers)
        let history = task.initialState?.messageHistory ?? []
        try gold.setState(initial, history: history.map(\.recorded), strictness: replay)
        for action in task.evaluationCriteria?.actions ?? [] {
            // A failing expected action is part of some tasks and changes nothing.
            _ = try? gold.callWithoutSynchronizing(
                action.name, arguments: action.arguments, requestor: action.requestor)
        }
        return Worlds(predicted: predicted, gold: gold)
    }

    private static func run(
        _ assertions: [Tau2EnvironmentAssertion], on world: inout any TauWorld
    ) throws(PythonException) -> [Tau2RewardInfo.EnvironmentCheck] {
        var checks: [Tau2RewardInfo.EnvironmentCheck] = []
        for assertion in assertions {
            let call = assertion.call
            let result = try world.run(
                function: call.function, of: call.environment, arguments: call.arguments)
            guard let holds = result.assertion else {
                throw PythonException(
                    .valueError,
                    "Function \(call.function) returned <class '\(result.pythonTypeName)'> instead of bool")
            }
            checks.append(.init(assertion: assertion, isMet: holds == assertion.expected))
        }
        return checks
    }

    private static func environmentResult(
        isMatch: Bool, checks: [Tau2RewardInfo.EnvironmentCheck], criteria: Tau2EvaluationCriteria
    ) -> Tau2RewardInfo {
        let database = Tau2RewardInfo.DatabaseCheck(isMatch: isMatch)
        var parts: [Tau2RewardInfo.Part] = []
        if criteria.rewardBasis.contains(.database) {
            parts.append(.init(component: .database, reward: database.reward))
        }
        if criteria.rewardBasis.contains(.environmentAssertion) {
            parts.append(
                .init(component: .environmentAssertion, reward: checks.allSatisfy(\.isMet) ? 1 : 0))
        }
        var result = Tau2RewardInfo(
            reward: parts.reduce(1) { $0 * $1.reward }, rewardBasis: criteria.rewardBasis)
        result.databaseCheck = database
        result.environmentAssertions = checks
        result.rewardBreakdown = parts
        return result
    }
}

public import JSON

/// The preference pairs of a set of trajectories under one set of weights, with what made no pair.
///
/// Pure: the same trajectories and weights give the same pairs, and neither model nor file is touched.
public struct PreferenceSet: Sendable {
    /// The pairs, in the order of the decision points.
    public private(set) var pairs: [PreferencePair] = []
    /// How many decision points there are.
    public private(set) var groups = 0
    /// Decision points whose two rewards are not far enough apart.
    public private(set) var ties = 0
    /// Decision points at which only one action was tried.
    public private(set) var singleActionGroups = 0
    /// Requests for which different decision points prefer different actions.
    public private(set) var conflicts = 0

    /// Makes the pairs.
    public init(_ trajectories: [ScoredTrajectory], settings: RewardSettings) {
        for group in DecisionGroup.groups(of: trajectories) { add(group, settings) }
        conflicts = Self.conflicts(among: pairs)
    }

    private mutating func add(_ group: DecisionGroup, _ settings: RewardSettings) {
        groups += 1
        let figures = group.figures(settings)
        guard let clarify = figures[.clarify], let execute = figures[.execute],
            let state = group.trajectories.first?.trajectory.state
        else {
            singleActionGroups += 1
            return
        }
        guard abs(clarify.reward - execute.reward) > settings.minimumGap else {
            ties += 1
            return
        }
        let chosen: ProactiveAction = clarify.reward > execute.reward ? .clarify : .execute
        pairs.append(
            PreferencePair(
                state: state, decisionPoint: group.key.decisionPoint, persona: group.key.persona, chosen: chosen,
                chosenText: figures[chosen]?.text ?? "", rejectedText: figures[chosen.other]?.text ?? "",
                rewards: figures.mapValues(\.reward), taskScores: figures.mapValues(\.taskScore),
                interruptCosts: figures.mapValues(\.interruptCost)))
    }

    /// How many prompts of the policy have pairs in both directions.
    private static func conflicts(among pairs: [PreferencePair]) -> Int {
        var choices: [String: Set<ProactiveAction>] = [:]
        for pair in pairs { choices[RenderedState.text(of: pair.state), default: []].insert(pair.chosenAction) }
        return choices.values.count { $0.count > 1 }
    }

    /// The counts for summaries: how many decision points, pairs by chosen action, ties, and so on.
    public var statistics: JSONObject {
        let clarify = pairs.count { $0.chosenAction == .clarify }
        return [
            "decision_points": JSONValue(groups), "pairs": JSONValue(pairs.count),
            "chosen": ["Clarify": JSONValue(clarify), "Execute": JSONValue(pairs.count - clarify)],
            "ties": JSONValue(ties), "single_action": JSONValue(singleActionGroups),
            "conflicts": JSONValue(conflicts),
        ]
    }
}

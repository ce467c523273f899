extension DecisionCase {
    /// The decision points of scored trajectories by these weights; those where only one action was tried are left out.
    public static func cases(
        of trajectories: [ScoredTrajectory], settings: RewardSettings
    ) -> [DecisionCase] {
        DecisionGroup.groups(of: trajectories).compactMap { DecisionCase(group: $0, settings: settings) }
    }

    /// The decision point of a group of trajectories; nil where only one action was tried.
    ///
    /// An action's text, questions and refusals are those of its best trajectory, its figures as the settings rank.
    public init?(group: DecisionGroup, settings: RewardSettings) {
        let figures = group.figures(settings)
        guard let clarify = figures[.clarify], let execute = figures[.execute],
            let state = group.trajectories.first?.trajectory.state
        else { return nil }
        let gap = clarify.reward - execute.reward
        self.init(
            state: state, decisionPoint: group.key.decisionPoint, persona: group.key.persona,
            preferred: abs(gap) > settings.minimumGap ? (gap > 0 ? .clarify : .execute) : nil)
        for (action, figure) in figures {
            let shown = group.trajectories.first {
                $0.trajectory.action == action && $0.trajectory.assistantMessage == figure.text
            }
            let messages = shown?.trajectory.messages ?? []
            outcomes[action] = ActionOutcome(
                text: figure.text, taskScore: figure.taskScore,
                isTested: shown?.task.isTested(for: state) ?? false, interruptCost: figure.interruptCost,
                reward: figure.reward, questions: messages.reduce(0) { $0 + MessageFacts($1.text).questions },
                wasRejected: messages.contains { $0.reaction.rejectSignal > 0 })
        }
    }
}

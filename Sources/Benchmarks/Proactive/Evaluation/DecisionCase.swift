/// A decision point with what each action leads to: what policies are tested on.
public struct DecisionCase: Sendable, Hashable {
    /// The state in which is decided.
    public var state: ProactiveState
    /// Which decision of the dialogue it is, counted from 0.
    public var decisionPoint: Int
    /// The user; nil where files do not say.
    public var persona: Persona?
    /// The better action; nil where both are worth the same.
    public var preferred: ProactiveAction?
    /// What is known of each action.
    public var outcomes: [ProactiveAction: ActionOutcome]

    /// Describes a decision point.
    public init(
        state: ProactiveState, decisionPoint: Int = 0, persona: Persona? = nil, preferred: ProactiveAction?,
        outcomes: [ProactiveAction: ActionOutcome] = [:]
    ) {
        self.state = state
        self.decisionPoint = decisionPoint
        self.persona = persona
        self.preferred = preferred
        self.outcomes = outcomes
    }

    /// The decision point of a preference pair, with the pair's texts and figures.
    ///
    /// An action without a reward in the pair has no outcome.
    public init(pair: PreferencePair) {
        self.init(
            state: pair.state, decisionPoint: pair.decisionPoint, persona: pair.persona, preferred: pair.chosenAction)
        for action in ProactiveAction.allCases {
            guard let score = pair.taskScores[action], let cost = pair.interruptCosts[action] else { continue }
            let text = action == pair.chosenAction ? pair.chosenText : pair.rejectedText
            outcomes[action] = ActionOutcome(
                text: text, taskScore: score, isTested: pair.state.mbppTests != nil, interruptCost: cost,
                reward: pair.rewards[action] ?? score - cost, questions: MessageFacts(text).questions)
        }
    }
}

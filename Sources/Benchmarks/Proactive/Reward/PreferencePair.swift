/// At one decision point, the action that was worth more and the one that was worth less: a line of a preferences file.
public struct PreferencePair: Sendable, Hashable {
    /// The state in which was decided.
    public var state: ProactiveState
    /// Which decision of the dialogue it is, counted from 0.
    public var decisionPoint: Int
    /// The user; nil in files that do not say.
    public var persona: Persona?
    /// The better action.
    public var chosenAction: ProactiveAction
    /// The worse action.
    public var rejectedAction: ProactiveAction
    /// What the assistant said with the better action.
    public var chosenText: String
    /// What the assistant said with the worse action.
    public var rejectedText: String
    /// The reward by action.
    public var rewards: [ProactiveAction: Double]
    /// The task score by action.
    public var taskScores: [ProactiveAction: Double]
    /// The interruption cost by action.
    public var interruptCosts: [ProactiveAction: Double]

    /// Records a preference.
    public init(
        state: ProactiveState, decisionPoint: Int = 0, persona: Persona? = nil, chosen: ProactiveAction,
        chosenText: String, rejectedText: String, rewards: [ProactiveAction: Double] = [:],
        taskScores: [ProactiveAction: Double] = [:], interruptCosts: [ProactiveAction: Double] = [:]
    ) {
        self.state = state
        self.decisionPoint = decisionPoint
        self.persona = persona
        chosenAction = chosen
        rejectedAction = chosen.other
        self.chosenText = chosenText
        self.rejectedText = rejectedText
        self.rewards = rewards
        self.taskScores = taskScores
        self.interruptCosts = interruptCosts
    }
}

/// One decision at one state, what the assistant then said, and how the user took it: a line of a trajectories file.
public struct ProactiveTrajectory: Sendable, Hashable {
    /// The state in which was decided.
    public var state: ProactiveState
    /// The decision.
    public var action: ProactiveAction
    /// The instructions that the assistant had for it.
    public var actionPrompt: String
    /// Everything that the assistant said, messages joined by a blank line.
    public var assistantMessage: String
    /// The user.
    public var persona: Persona
    /// The user's last reaction.
    public var reaction: UserReaction
    /// Whether this is what the rule (or the command line) would have done.
    public var isMainline: Bool
    /// Which decision of the dialogue it is, counted from 0.
    public var decisionPoint: Int
    /// For a branch: what the mainline did.
    public var mainlineAction: ProactiveAction?
    /// Who chose the mainline: `manual` or `persona+state`.
    public var mainlineSelectedBy: String?
    /// Whether it repeats the mainline's action in other words.
    public var isVariant = false
    /// The messages one by one; empty for a bare message.
    public var interactions: [Interaction] = []
    /// In a dialogue: which turn, counted from 1.
    public var turn: Int?
    /// Whether the task was done with this line; nil where it was not looked at.
    public var taskCompleted: Bool?
    /// Whether the user's refusal ended the dialogue.
    public var userStopped = false

    /// Records a decision.
    public init(
        state: ProactiveState, action: ProactiveAction, actionPrompt: String, assistantMessage: String,
        persona: Persona, reaction: UserReaction, isMainline: Bool, decisionPoint: Int = 0
    ) {
        self.state = state
        self.action = action
        self.actionPrompt = actionPrompt
        self.assistantMessage = assistantMessage
        self.persona = persona
        self.reaction = reaction
        self.isMainline = isMainline
        self.decisionPoint = decisionPoint
    }

    /// The messages one by one with their reactions; a bare message is one.
    public var messages: [(text: String, reaction: UserReaction)] {
        if interactions.isEmpty { return [(assistantMessage, reaction)] }
        return interactions.map { ($0.assistantMessage, $0.reaction) }
    }
}

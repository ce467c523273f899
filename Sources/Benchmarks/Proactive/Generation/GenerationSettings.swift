/// How trajectories are generated.
public struct GenerationSettings: Sendable, Hashable {
    /// Trajectories beside the mainline: 1 for the other action, 2 for a variant of the mainline besides.
    public var branches = 2
    /// The mainline's action; nil lets the rule choose.
    public var mainlineAction: ProactiveAction?
    /// Whether Clarify goes on to do the task after asking; without, it is a bare message.
    public var rollsOutClarify = true
    /// Messages within one decision at most.
    public var maximumInteractions = 5
    /// Whether the dialogue goes on until the task is done.
    public var isMultiTurn = false
    /// Turns of a dialogue at most.
    public var maximumTurns = 5
    /// Whether a refusal ends the dialogue.
    public var stopsOnReject = false
    /// Whether a dialogue tries the other action too at each turn, so that there are pairs.
    public var branchesEachTurn = false
    /// What an answer does to how clear the task is.
    public var uncertaintyUpdate = UncertaintyUpdate.clearer
    /// Whether a refusal is remembered for the rest of the dialogue, not for one turn.
    public var remembersReject = false

    /// As published, with the contradictions resolved.
    public init() {}
}

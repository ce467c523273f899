/// The text that a policy decides by: the one form of a state for export, training and evaluation.
public enum RenderedState {
    /// What stands before the word that the policy chooses.
    public static let actionCue = "\n[Action] "

    /// The state as five labelled parts, one a line.
    ///
    /// The uncertainty is the state's own. With a persona there is a sixth part, `[Persona]`, before the request;
    /// without one, states of different personas look the same.
    public static func text(of state: ProactiveState, persona: Persona? = nil) -> String {
        var lines = [
            "[Domain] \(state.domain.rawValue)",
            "[Task Uncertainty] \(FixedText.text(state.taskUncertainty, decimals: 2))",
            "[Dialogue Turn] \(state.dialogueTurn)",
            "[Previous Reject] \(state.prevReject)",
        ]
        if let persona {
            lines.append("[Persona] patience \(persona.patience.rawValue), expertise \(persona.expertise.rawValue)")
        }
        lines.append("[User Request]\n\(state.query)")
        return lines.joined(separator: "\n")
    }

    /// The text with the cue behind it, so that the action is the next word.
    public static func prompt(for state: ProactiveState, persona: Persona? = nil) -> String {
        text(of: state, persona: persona) + actionCue
    }
}

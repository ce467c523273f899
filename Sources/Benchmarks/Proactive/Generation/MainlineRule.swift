/// What the assistant would do by the published rule.
public enum MainlineRule {
    /// Clarify for a patient user with an unclear task who did not refuse and was not asked twice; otherwise Execute.
    public static func action(for persona: Persona, in state: ProactiveState) -> ProactiveAction {
        let asks =
            persona.patience == .high && state.taskUncertainty < 0.5 && state.prevReject == 0 && state.dialogueTurn < 2
        return asks ? .clarify : .execute
    }
}

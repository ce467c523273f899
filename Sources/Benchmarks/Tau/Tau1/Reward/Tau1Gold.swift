/// The state that counts as right: fresh data after a task's expected actions.
struct Tau1Gold: Sendable {
    /// The state.
    let world: Tau1World
    /// Whether expected actions did their work, and yet nothing has changed.
    ///
    /// Then doing nothing is right, which no such task means: a sign of wrong data or of a grader that compares a state with
    /// itself. Six official tasks expect only changes that the tools refuse, which is something else.
    let isInert: Bool

    init(of task: Tau1Task, in domain: Tau1Domain) {
        let pristine = domain.makeWorld()
        var world = pristine
        var hasWritten = false
        // Nothing but writing tools can change the data, and failures count as far as they got.
        for action in task.actions where world.toolKind(action.name)?.mutatesState == true {
            // What would end an official run leaves the data alone, in the grader too.
            let outcome = try? world.call(action.name, arguments: action.arguments)
            if outcome?.isError == false { hasWritten = true }
        }
        isInert = hasWritten && world.hasSameData(as: pristine)
        self.world = world
    }
}

/// The state that counts as right: fresh data after a task's expected actions.
struct Tau1Gold: Sendable {
    /// The state.
    let world: Tau1World
    /// Whether expected actions would change data, but none did.
    ///
    /// Then doing nothing is right, which no task with such actions means: a sign of wrong data or a broken grader.
    let isInert: Bool

    init(of task: Tau1Task, in domain: Tau1Domain) {
        let pristine = domain.makeWorld()
        var world = pristine
        var writes = 0
        // Nothing but writing tools can change the data, and failures count as far as they got.
        for action in task.actions where world.toolKind(action.name)?.mutatesState == true {
            writes += 1
            // A call that would end an official run of the agent is, in the grader, one that changes nothing.
            _ = try? world.call(action.name, arguments: action.arguments)
        }
        isInert = writes > 0 && world.hasSameData(as: pristine)
        self.world = world
    }
}

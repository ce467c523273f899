/// The mock domain: an agent that keeps a list of tasks and a user with an inbox.
struct MockWorld: TauWorld {
    static let domain = "mock"
    static let agentToolkit = Toolkit(className: "MockTools", functions: agentFunctions)
    static let userToolkit: Toolkit<MockWorld>? = Toolkit(className: "MockUserTools", functions: userFunctions)

    var state: WorldState
}

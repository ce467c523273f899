import Testing

@testable import Proactive

@Suite("Rendered state")
struct RenderedStateTests {
    private let state = ProactiveState(
        id: "a", domain: .planning, query: "Plan my day.\n[User]: soon", dialogueTurn: 2, prevReject: 1,
        taskUncertainty: 0.3)

    @Test func hasFiveLabelledParts() {
        #expect(
            RenderedState.text(of: state) == """
                [Domain] planning
                [Task Uncertainty] 0.30
                [Dialogue Turn] 2
                [Previous Reject] 1
                [User Request]
                Plan my day.
                [User]: soon
                """)
    }

    @Test func endsWithTheCueSoThatTheActionIsTheNextWord() {
        #expect(RenderedState.prompt(for: state) == RenderedState.text(of: state) + "\n[Action] ")
    }

    @Test func namesThePersonaWhenAsked() {
        let text = RenderedState.text(of: state, persona: Persona.standard(.planning)[0])
        #expect(text.contains("\n[Persona] patience low, expertise mid\n[User Request]\n"))
    }

    @Test(arguments: [(0.0, "0.00"), (1, "1.00"), (0.155, "0.15"), (0.45, "0.45"), (0.625, "0.62"), (0.675, "0.68")])
    func writesTheUncertaintyAsPythonDoes(value: Double, text: String) {
        var state = state
        state.taskUncertainty = value
        #expect(RenderedState.text(of: state).contains("[Task Uncertainty] \(text)\n"))
    }
}
